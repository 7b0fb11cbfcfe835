"""The dashboard: ``streamlit run dashboard.py``.

The file is read twice: imported once, to find the application that is served, and run for every view of a page.
"""

import sys

import streamlit as st

from kpi_metrics.model import Refused
from pages.components import frame, serving

if __name__ == "__main__":
    frame.run()
else:
    try:
        serving.require_loopback(st.get_option("server.address"))
    except Refused as refused:
        sys.exit(f"{refused.text.th}\n{refused.text.en}")
    serving.own_menu()
    app = st.App(
        __file__,
        routes=serving.routes(),
        middleware=serving.middleware(),
        on_script_error=frame.show_failure,
    )
