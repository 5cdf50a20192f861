"""What an attacker has: plain requests and a raw websocket to the running app."""

import re
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from crm.policy import Role
from tests.makers import PASSWORD
from tests.serving import AppServer, email_of


def answer_of(
    server: AppServer,
    method: str,
    path: str,
    cookie: str = "",
    body: str | bytes = "",
    **more: str,
) -> tuple[int, str, str]:
    """Status, cookies set, and text."""
    connection = HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request(method, path, body, headers | {k.replace("_", "-"): v for k, v in more.items()})
    answer = connection.getresponse()
    cookies = "; ".join(line.partition(";")[0] for line in answer.headers.get_all("set-cookie", []))
    text = answer.read().decode(errors="replace")
    connection.close()
    return answer.status, cookies, text


def form_of(server: AppServer, path: str, cookie: str = "") -> tuple[str, str]:
    """The cookies and the token that a form of ours is posted with."""
    _, cookies, text = answer_of(server, "GET", path, cookie)
    token = re.search(r'name="form_token" value="([^"]+)"', text)
    assert token is not None
    return cookies, token.group(1)


def try_to_sign_in(server: AppServer, email: str, password: str) -> tuple[int, str]:
    """Post the sign-in form, as a browser would: the status, and the cookies."""
    drawn, token = form_of(server, "/login")
    typed = urlencode({"form_token": token, "email": email, "password": password})
    status, cookies, _ = answer_of(server, "POST", "/login", drawn, typed)
    return status, cookies


def cookie_of(server: AppServer, role: Role) -> str:
    """Sign in with the form, as a browser would."""
    status, cookies = try_to_sign_in(server, email_of(role), PASSWORD)
    assert status == 303
    return cookies


def sign_out(server: AppServer, cookie: str) -> None:
    """Sign out with the form, in another window as it were."""
    drawn, token = form_of(server, "/logout", cookie)
    answer_of(server, "POST", "/logout", f"{cookie}; {drawn}", urlencode({"form_token": token}))


def opened(
    server: AppServer, cookie: str | None, origin: str | None, *, attach_to: str = ""
) -> ClientConnection:
    """A websocket as Streamlit's page opens it, with a forged header; `attach_to` is a session's id."""
    asked = ["streamlit", "x", attach_to] if attach_to else ["streamlit"]
    return connect(
        server.url.replace("http", "ws") + "/_stcore/stream",
        origin=origin,  # pyright: ignore[reportArgumentType]
        subprotocols=[Subprotocol(name) for name in asked],
        additional_headers={"Cookie": cookie, "X-EECRM-SID": "forged"} if cookie else {},
        max_size=None,
    )


def rerun(
    socket: ClientConnection, page: str = "", query: str = "", widgets: list[WidgetState] | None = None
) -> tuple[str, str]:
    """Ask for a page: the session's id, and everything that was drawn, as text."""
    messages = run(socket, page, query, widgets)
    new = next(message for message in messages if message.WhichOneof("type") == "new_session")
    return new.new_session.initialize.session_id, "".join(str(message) for message in messages)


def run(
    socket: ClientConnection,
    page: str = "",
    query: str = "",
    widgets: list[WidgetState] | None = None,
    *,
    part: str = "",
) -> list[Any]:
    """Ask for a page, or a part of it, whatever its widgets are said to hold; what was drawn in the end."""
    asked = BackMsg()
    asked.rerun_script.fragment_id = part
    asked.rerun_script.query_string = query
    asked.rerun_script.page_name = page
    asked.rerun_script.widget_states.widgets.extend(widgets or [])
    socket.send(asked.SerializeToString())
    messages = until(socket, "script_finished")
    while messages[-1].script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
        messages = until(socket, "script_finished")
    return messages


def until(socket: ClientConnection, kind: str) -> list[Any]:
    """Every message up to the first of this kind."""
    messages: list[Any] = []
    while not messages or messages[-1].WhichOneof("type") != kind:
        messages.append(
            ForwardMsg.FromString(bytes(socket.recv(timeout=30)))  # pyright: ignore[reportArgumentType]
        )
    return messages


def part_of(messages: list[Any]) -> str:
    """The id of the part of the page that runs on its own."""
    deltas = (message.delta for message in messages if message.WhichOneof("type") == "delta")
    return next(delta.fragment_id for delta in deltas if delta.fragment_id)


def elements(messages: list[Any], kind: str) -> list[Any]:
    """What was drawn of a kind of element, for example `selectbox`."""
    drawn = [message.delta.new_element for message in messages if message.WhichOneof("type") == "delta"]
    return [getattr(element, kind) for element in drawn if element.WhichOneof("type") == kind]


def put(server: AppServer, socket: ClientConnection, cookie: str, name: str, content: bytes) -> Any:
    """Upload a file past the page's own check of its kind: the status, and what a field would tell of it."""
    asked = BackMsg()
    asked.file_urls_request.request_id = "r"
    asked.file_urls_request.file_names.append(name)
    socket.send(asked.SerializeToString())
    urls = until(socket, "file_urls_response")[-1].file_urls_response.file_urls[0]
    held = WidgetState()
    told = held.file_uploader_state_value.uploaded_file_info.add()
    told.file_id, told.name, told.size = urls.file_id, name, len(content)
    told.file_urls.CopyFrom(urls)
    return send_file(server, urls.upload_url, cookie, content, name), held


def send_file(server: AppServer, url: str, cookie: str, content: bytes, name: str = "f.csv") -> int:
    """Put a file where a page would put it, with the token against foreign pages; the status."""
    _, xsrf, _ = answer_of(server, "GET", "/_stcore/health", cookie)
    mark = "x" * 30
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    status, _, _ = answer_of(
        server,
        "PUT",
        url,
        f"{cookie}; {xsrf}",
        head.encode() + content + f"\r\n--{mark}--\r\n".encode(),
        Content_Type=f"multipart/form-data; boundary={mark}",
        X_Xsrftoken=xsrf.partition("=")[2],
    )
    return status
