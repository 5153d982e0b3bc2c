import streamlit as st
st.write('train/time_series', dict(st.query_params))
