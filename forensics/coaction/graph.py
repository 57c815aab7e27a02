"""Networks: the only door to igraph. Arrays in, arrays out.

igraph draws from one random source of the whole process, so every function that draws seeds it first and lets no
other thread in between.
"""

from __future__ import annotations

import random
import threading
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import igraph

Edges = npt.NDArray[np.int64]
"""Shape (edges, 2): positions of the two nodes."""
_ONE_AT_A_TIME = threading.Lock()


def components(n_nodes: int, edges: Edges) -> npt.NDArray[np.int64]:
    """Return each node's connected component, numbered from 0 by its first node.

    Args:
        edges: without direction.
    """
    return np.asarray(_graph(n_nodes, edges).connected_components().membership, np.int64)


def communities(n_nodes: int, edges: Edges, resolution: float, seed: int) -> tuple[npt.NDArray[np.int64], float]:
    """Return each node's community under the constant Potts model, and the partition's modularity.

    The constant Potts model has no resolution limit: a community is denser inside, and sparser outwards, than
    ``resolution``, whatever the size of the network around it.

    Args:
        edges: without direction.
        resolution: the density that separates, 0 to 1.

    Returns:
        Shape (nodes,), and the modularity (-0.5 to 1).

    Source:
        Traag, Waltman & van Eck 2019 (Leiden), doi:10.1038/s41598-019-41695-z; Traag, Van Dooren & Nesterov 2011 (CPM),
        doi:10.1103/PhysRevE.84.016114.
    """
    network = _graph(n_nodes, edges)
    with _ONE_AT_A_TIME:
        _seed(seed)
        found = network.community_leiden(objective_function="CPM", resolution=resolution, n_iterations=-1)
    return np.asarray(found.membership, np.int64), float(found.modularity)


def account_communities(
    n_accounts: int,
    n_objects: int,
    accounts: npt.NDArray[np.int64],
    objects: npt.NDArray[np.int64],
    resolutions: tuple[float, ...],
) -> list[npt.NDArray[np.int64]]:
    """Return each account's community, at each resolution, in the network of accounts and the objects they acted on.

    Args:
        accounts: shape (incidences,).
        objects: shape (incidences,).
        resolutions: of modularity; larger for smaller communities.

    Returns:
        Of each resolution, shape (accounts,).

    Source:
        Blondel, Guillaume, Lambiotte & Lefebvre 2008 (Louvain), doi:10.1088/1742-5468/2008/10/P10008.
    """
    network = _graph(n_accounts + n_objects, np.column_stack([accounts, objects + n_accounts]))
    found = []
    for seed, resolution in enumerate(resolutions):
        with _ONE_AT_A_TIME:
            _seed(seed)
            found.append(network.community_multilevel(resolution=resolution).membership[:n_accounts])
    return [np.asarray(membership, np.int64) for membership in found]


def layout(n_nodes: int, edges: Edges, seed: int) -> npt.NDArray[np.float64]:
    """Return a position for each node, x and y within -1 and 1, linked nodes near each other.

    Args:
        edges: without direction.

    Returns:
        Shape (nodes, 2), to three decimals.

    Source:
        Fruchterman & Reingold 1991, doi:10.1002/spe.4380211102.
    """
    start = np.random.default_rng(seed).uniform(-1.0, 1.0, (n_nodes, 2))
    network = _graph(n_nodes, edges)
    with _ONE_AT_A_TIME:
        _seed(seed)
        placed = network.layout_fruchterman_reingold(seed=start.tolist(), niter=300)
    centred = np.asarray(placed.coords) - np.mean(placed.coords, axis=0)
    return np.asarray(np.round(centred / max(float(np.abs(centred).max()), 1e-9), 3) + 0.0, np.float64)


def _graph(n_nodes: int, edges: Edges) -> igraph.Graph:
    import igraph  # noqa: PLC0415  brings matplotlib along, which takes long

    return igraph.Graph(n=n_nodes, edges=edges, directed=False)


def _seed(seed: int) -> None:
    import igraph  # noqa: PLC0415  as above

    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311  nothing secret
