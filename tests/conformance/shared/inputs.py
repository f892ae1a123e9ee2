"""What the inputs for the readers are made of."""


def one(name, text):
    return {name: text}


def without(text, old, new):
    assert text.count(old) == 1, old
    return text.replace(old, new)
