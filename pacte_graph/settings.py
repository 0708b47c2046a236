"""Settings: the one place where the environment is read. Every limit has a name, a default and a sentence."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _default_home() -> Path:
    return Path(platformdirs.user_data_dir("pacte-graph", appauthor=False))


class Settings(BaseSettings):
    """What the environment says, checked at start.

    ``NEO4J_*`` are the names of Aura's own credentials file; everything else starts with ``PACTE_``.
    """

    model_config = SettingsConfigDict(env_prefix="PACTE_", frozen=True, populate_by_name=True, extra="ignore")

    home: Path = Field(default_factory=_default_home, description="Folder of the databases, passwords and logs.")
    thesaurus: Path | None = Field(
        default=None, description="File of the decisions on duplicates (default: thesaurus.toml in the home folder)."
    )
    no_browser: bool = Field(default=False, description="Never open a browser.")
    neo4j_uri: str | None = Field(default=None, validation_alias=AliasChoices("NEO4J_URI"))
    neo4j_username: str = Field(default="neo4j", validation_alias=AliasChoices("NEO4J_USERNAME", "NEO4J_USER"))
    neo4j_password: SecretStr | None = Field(default=None, validation_alias=AliasChoices("NEO4J_PASSWORD"))
    neo4j_database: str | None = Field(default=None, validation_alias=AliasChoices("NEO4J_DATABASE"))

    idle_minutes: float = Field(default=30.0, gt=0, description="An engine we started stops after so long without use.")
    start_seconds: float = Field(default=90.0, gt=0, description="How long an engine may take to answer its first query.")
    query_seconds: float = Field(default=10.0, gt=0, description="Time limit of a saved query.")
    query_rows: int = Field(default=10_000, gt=0, description="Most rows a saved query returns; the rest is said to be cut.")
    batch_size: int = Field(default=5_000, gt=0, description="Records a write transaction carries.")
    upload_bytes: int = Field(default=20_000_000, gt=0, description="Largest file taken.")
    canvas_elements: int = Field(default=2_000, gt=0, description="Most nodes and links the explorer draws in detail.")
    engine_memory: str = Field(default="1g", pattern=r"^\d+[mg]$", description="Memory of the embedded engine.")

    @property
    def thesaurus_file(self) -> Path:
        """Return the file of the decisions on duplicates."""
        return self.thesaurus or self.home / "thesaurus.toml"
