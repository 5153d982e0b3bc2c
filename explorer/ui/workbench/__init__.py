"""The misclassification workbench: data, probe, triangles, forms, training, frontier and tables per sample."""
