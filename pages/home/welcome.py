"""What this is, and where to start."""

from pathlib import Path

import streamlit as st

PAGES = Path(__file__).resolve().parents[1]

DOORS = (
    (
        "Surface",
        PAGES / "see" / "surface.py",
        "Trend match, cost-weighted and plain losses over what the model controls.",
        "The published trend mask punishes being right: move λ and watch the minimum leave the target.",
        "Open the surface",
    ),
    (
        "Cost grid",
        PAGES / "see" / "cost_grid.py",
        "Say what each mistake costs in a 3×3 table and see what the loss makes of it.",
        "One index off, and a correct answer costs double: the loss jumps up where the prediction gets right.",
        "Edit the grid",
    ),
    (
        "Time series",
        PAGES / "train" / "time_series.py",
        "Upload your own file, train the same net twice, and compare with repeating the last value.",
        "A loss that rewards the right direction should win on direction. See whether it does on your data.",
        "Upload or take a sample",
    ),
)

st.title("See what a Keras loss does, before it trains your model", anchor=False)
st.caption("Its surface, its slopes, its jumps; and a short real run beside it.")
for column, (name, path, story, oddity, action) in zip(st.columns(3, gap="medium"), DOORS, strict=True):
    with column.container(border=True, height="stretch"):
        st.subheader(name, anchor=False)
        st.caption(story)
        st.markdown(oddity)
        st.page_link(path, label=action, icon=":material/arrow_forward:")
