using System.Collections.Concurrent;

namespace KubeWsBridge.Certificates.Acme.Transport;

/// <summary>Nonces from earlier answers, each good for one request (RFC 8555 section 6.5).</summary>
internal sealed class NoncePool
{
    /// <summary>More than this many are not kept: requests under way at a time are few, and old nonces go stale.</summary>
    private const int Capacity = 16;

    private readonly ConcurrentQueue<string> _nonces = new();

    public bool TryTake(out string nonce) => _nonces.TryDequeue(out nonce!);

    public void Put(string? nonce)
    {
        if (nonce is null)
            return;
        _nonces.Enqueue(nonce);
        while (_nonces.Count > Capacity && _nonces.TryDequeue(out _))
        {
        }
    }

    /// <summary>Forgets all: when one was refused, the others, which are older, are likely to be refused too.</summary>
    public void Clear() => _nonces.Clear();
}
