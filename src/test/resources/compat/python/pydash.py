"""The three functions of pydash that azure-ai-ml needs for the guide, for Debian has no pydash."""
import sys

objects = sys.modules[__name__]  # `from pydash import objects`


def get(tree, path, default=None):
    for key in path.split("."):
        try:
            tree = tree[int(key)] if isinstance(tree, list) else tree[key]
        except (LookupError, TypeError, ValueError):
            return default
    return tree


def omit(tree, keys):
    return {key: value for key, value in tree.items() if key not in keys}


def set_(tree, path, value):
    *parents, last = path.split(".")
    for key in parents:
        tree = tree.setdefault(key, {})
    tree[last] = value
