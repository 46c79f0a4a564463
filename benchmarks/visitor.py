"""A visitor without a browser: it speaks Streamlit's websocket protocol and measures a rerun from the click's message to the last answer.

What a browser spends on drawing is not in these figures. As a browser does, it tells the server which large messages it still has, and in which
fragment it clicked.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

TIMEOUT = 120
SUCCESS = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class Visitor:
    """One session. `exceptions` are those of the last run, `widgets` the ids of its multiselects by label with their options."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._page = ""
        self._kept: set[str] = set()
        self._chosen: dict[str, list[str]] = {}
        self._fragments: dict[str, str] = {}
        self.widgets: dict[str, tuple[str, list[str]]] = {}
        self.exceptions: list[str] = []
        self.elements = 0

    def rerun(self, chosen: Mapping[str, list[str]] | None = None) -> float:
        """Run the page, as after a click on a multiselect (label → options), which runs the fragment it lies in; seconds to its end.

        Raises RuntimeError if it failed.
        """
        clicked = {self.widgets[label][0]: values for label, values in (chosen or {}).items()}
        self._chosen |= clicked
        fragment = next((self._fragments[identifier] for identifier in clicked), "")
        message = self._message(fragment)
        self.exceptions, self.elements, kept = [], 0, set()
        began = perf_counter()
        self._socket.send(message)
        while True:
            answer = ForwardMsg.FromString(self._socket.recv(timeout=TIMEOUT))
            kind = answer.WhichOneof("type")
            if answer.metadata.cacheable or kind == "ref_hash":
                kept.add(answer.ref_hash or answer.hash)
            if kind == "script_finished":
                taken = perf_counter() - began
                break
            self._note(answer, kind)
        self._kept = kept | self._kept if fragment else kept
        if answer.script_finished not in SUCCESS or self.exceptions:
            raise RuntimeError(f"the page failed: {self.exceptions or answer.script_finished}")
        return taken

    def _message(self, fragment: str) -> bytes:
        message = BackMsg()
        state = message.rerun_script
        state.fragment_id = fragment
        state.page_script_hash = self._page
        state.context_info.timezone, state.context_info.locale = "UTC", "en-US"
        state.cached_message_hashes.extend(self._kept)
        for identifier, values in self._chosen.items():
            widget = state.widget_states.widgets.add(id=identifier)
            widget.string_array_value.data.extend(values)
        return message.SerializeToString()

    def _note(self, answer: ForwardMsg, kind: str | None) -> None:
        if kind == "new_session":
            self._page = answer.new_session.page_script_hash
        if kind != "delta" or answer.delta.WhichOneof("type") != "new_element":
            return
        self.elements += 1
        element = answer.delta.new_element
        if element.WhichOneof("type") == "exception":
            self.exceptions.append(element.exception.message)
        if element.WhichOneof("type") == "multiselect":
            self.widgets[element.multiselect.label] = (element.multiselect.id, list(element.multiselect.options))
            self._fragments[element.multiselect.id] = answer.delta.fragment_id


@contextmanager
def visit(port: int) -> Iterator[Visitor]:
    """Open a session on a local server; the first run is done."""
    with connect(f"ws://localhost:{port}/_stcore/stream", subprotocols=["streamlit"], max_size=None) as socket:
        visitor = Visitor(socket)
        visitor.rerun()
        yield visitor
