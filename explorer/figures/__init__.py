"""Results drawn as Plotly figures; no computing, no Streamlit, no Keras."""
