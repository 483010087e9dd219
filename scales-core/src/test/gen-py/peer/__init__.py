__all__ = ['ttypes', 'constants', 'PeerBase', 'PeerService']
