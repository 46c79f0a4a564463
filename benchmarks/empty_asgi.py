"""The empty page, served as asgi.py serves the dashboard."""

from pathlib import Path

from starlette.middleware import Middleware
from streamlit.starlette import App

from asgi import SecurityHeaders, warm_up

app = App(Path(__file__).parent / "empty_page.py", lifespan=warm_up, middleware=[Middleware(SecurityHeaders)])
