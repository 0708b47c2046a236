"""Metrics: pure functions of a Network, kept in one ordered registry."""

from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.metrics.registry import REGISTRY, run, show

__all__ = ["REGISTRY", "Metric", "MetricResult", "Parameter", "Value", "run", "show"]
