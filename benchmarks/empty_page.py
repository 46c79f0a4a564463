"""A page with nothing but a line of text: what a rerun costs before anything is shown."""

import streamlit as st

st.write("Nothing")
