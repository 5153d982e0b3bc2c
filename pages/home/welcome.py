import streamlit as st
st.write('home/welcome', dict(st.query_params))
