namespace KubeWsBridge.Certificates.Acme.Challenges;

/// <summary>Puts TXT values into DNS and takes them out again.</summary>
public interface IDnsPublisher
{
    /// <summary>Adds a value beside those that are there.</summary>
    /// <param name="fqdn">The record's name as the authority asks for it, without a final dot.</param>
    /// <param name="value">The TXT value.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task AddAsync(string fqdn, string value, CancellationToken cancellationToken);

    /// <summary>Waits until the world sees the value.</summary>
    Task WaitAsync(string fqdn, string value, CancellationToken cancellationToken);

    /// <summary>Removes the value, and no other; harmless when it is not there.</summary>
    Task RemoveAsync(string fqdn, string value, CancellationToken cancellationToken);
}
