"""Settings, read once from the environment. Names here are the names of the variables (docs/operate.md)."""

from functools import cache
from pathlib import Path

from platformdirs import user_config_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"


class Settings(BaseSettings):
    """What an operator may set; every value has a working default for one machine."""

    model_config = SettingsConfigDict(env_prefix="CRM_", extra="ignore", frozen=True)

    database_url: str = Field(
        default=f"sqlite:///{DATA / 'crm.db'}",
        validation_alias="DATABASE_URL",
        description="Where the records are kept; a SQLite file by default.",
    )
    public_url: str = Field(
        default="http://localhost:8501",
        validation_alias="PUBLIC_URL",
        description="The address people type; with https the session cookie is Secure and named __Host-.",
    )
    secrets_dir: Path = Field(
        default_factory=lambda: user_config_path("employer-engagement-crm"),
        description="Folder of the secrets made at first start, readable by the service's own user only.",
    )
    audit_key: str | None = Field(
        default=None, description="Key of the audit digests; made at first start when not set."
    )
    values_key: str | None = Field(
        default=None,
        description="Keys of what is kept locked, the newest first, parted by commas; made when not set.",
    )
    metrics_token: str | None = Field(
        default=None,
        min_length=32,
        description="What a machine that reads /metrics shows; made at first start when not set.",
    )
    anchors_file: Path | None = Field(
        default=None,
        description="Where the trail's anchors are noted daily; in the secrets folder by default.",
    )
    least_free_mb: int = Field(
        default=100,
        ge=0,
        description="Nothing is saved while the disk of a SQLite file has less room, in MB.",
    )
    backup_key: str | None = Field(
        default=None, description="Key that locks the backups; made at first start when not set."
    )
    backup_dir: Path = Field(
        default=DATA / "backups", description="Folder of the backups; best on another machine or disk."
    )
    jobs: bool = Field(
        default=True,
        description="The app does background work in a child process; false when cron runs `crm jobs`.",
    )
    restricted_people_an_hour: int = Field(
        default=20,
        ge=1,
        description="Managers are told when somebody opens the restricted facts of more people in an hour.",
    )
    session_idle_minutes: int = Field(default=120, ge=5, description="Signed out after so long without use.")
    session_hours: int = Field(default=12, ge=1, description="Signed out after so long in any case.")

    @property
    def is_https(self) -> bool:
        """Is the service reached over https?"""
        return self.public_url.startswith("https://")


@cache
def settings() -> Settings:
    """The settings of this process, read from the environment at the first call."""
    return Settings()
