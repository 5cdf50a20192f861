"""The same application served by uvicorn, as docs/operate.md offers it."""

import os
import subprocess
import sys
from pathlib import Path

from crm.config import ROOT
from crm.policy import Role
from tests.conftest import copy_of
from tests.serving import UVICORN, free_port, serve
from tests.web.wire import answer_of, cookie_of, opened, rerun


def test_it_is_as_shut_and_as_silent_as_the_usual_way(template_database: Path, tmp_path: Path):
    folder = copy_of(template_database, tmp_path)
    with serve(folder, command=UVICORN) as server:
        assert answer_of(server, "GET", "/employers?q=Zyxcanary")[0] == 303
        cookie = cookie_of(server, Role.MANAGER)
        with opened(server, cookie, server.url) as socket:
            assert "Alex Manager" in rerun(socket)[1]
        log = server.log.read_text()
    assert "Waiting for application startup" in log
    assert "Zyxcanary" not in log
    assert "GET /" not in log


def test_it_does_not_start_where_other_machines_could_listen_in(template_database: Path, tmp_path: Path):
    copy_of(template_database, tmp_path)
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'crm.db'}"}
    ended = subprocess.run(
        [sys.executable, "-m", *UVICORN, str(free_port()), "--host", "0.0.0.0"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode != 0
    assert "Put a proxy with TLS in front" in ended.stderr
