import streamlit as st
st.write('see/cost_grid', dict(st.query_params))
