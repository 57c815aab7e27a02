"""Campaign Forensics, the library: data in, findings out.

The path of the data, left to right, nothing runs back::

    files --> loaders --> Dataset --> core (detectors) --> Detection, Failure --> Run --> the reports package

``schema`` declares the four tables a Dataset holds, ``model`` the frozen values that pass along, ``errors`` what can
go wrong. ``loaders`` and ``core`` each list their parts in their ``__init__``.
"""
