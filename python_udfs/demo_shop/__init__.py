"""The demo shop: a generated shop with planted personas, in the shape of the input contract.

`python -m python_udfs.demo_shop --seed 7 --to seeds/demo` writes it. personas.py says who its customers are, noise.py
how far they stray from that, dirt.py what is wrong with its files.
"""
