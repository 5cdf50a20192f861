"""A socket between the product and PostgreSQL that cuts the connection at a commit of its choosing."""

import select
import socket
import threading
from pathlib import Path

_COMMIT = b"commit"


class Cutter:
    """Passes everything on between a local port and the server's own socket.

    After `arm`, the next connection that sends COMMIT is cut: before the server gets to see it, or after
    the server has answered, with the answer thrown away.
    """

    def __init__(self, server_socket: Path) -> None:
        self._server_socket = server_socket
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._armed: bool | None = None
        self.cuts = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def arm(self, *, is_answer_lost: bool) -> None:
        """Cut the next commit: its answer is lost, or it never arrives."""
        self._armed = is_answer_lost

    def close(self) -> None:
        """Take no more connections."""
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as server:
            server.connect(str(self._server_socket))
            while True:
                readable, _, _ = select.select([client, server], [], [])
                if client in readable and not self._pass_question(client, server):
                    return
                if server in readable and not _pass(server, client):
                    return

    def _pass_question(self, client: socket.socket, server: socket.socket) -> bool:
        said = client.recv(65536)
        if self._armed is not None and _COMMIT in said.lower():
            is_answer_lost, self._armed = self._armed, None
            self.cuts += 1
            if is_answer_lost:
                server.sendall(said)
                server.recv(65536)
            return False
        if said:
            server.sendall(said)
        return bool(said)


def _pass(server: socket.socket, client: socket.socket) -> bool:
    said = server.recv(65536)
    if said:
        client.sendall(said)
    return bool(said)
