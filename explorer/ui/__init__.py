"""The Streamlit side: controls, pictures and the frame that all pages share."""
