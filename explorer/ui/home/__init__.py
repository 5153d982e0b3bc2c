"""The home page: doors, gallery, tour, and how the compute process is."""
