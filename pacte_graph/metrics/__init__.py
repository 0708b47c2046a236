"""Metrics: pure functions of a Network, kept in one ordered registry."""

from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value

__all__ = ["Metric", "MetricResult", "Parameter", "Value"]
