namespace KubeWsBridge.Bridge.Launching;

/// <summary>How many hold a thing that ends with the last of them; whoever comes after that has to make another.</summary>
internal sealed class HolderCount
{
    private readonly Lock _lock = new();
    private int _holders = 1;

    /// <summary>Counts one more; false when the last has let go already.</summary>
    public bool TryAdd()
    {
        lock (_lock)
        {
            if (_holders == 0)
                return false;
            _holders++;
            return true;
        }
    }

    /// <summary>Counts one less; true for the last, who is to end it.</summary>
    public bool Remove()
    {
        lock (_lock)
            return --_holders == 0;
    }
}
