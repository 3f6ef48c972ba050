namespace KubeWsBridge.Certificates.Files;

/// <summary>Reads a pair from its files and makes sure that its parts belong together.</summary>
public static class PairReader
{
    /// <summary>Reads all files, so that everything that is wrong is told at once.</summary>
    /// <param name="files">The files.</param>
    /// <param name="now">The time certificates must be valid at, or there is a warning.</param>
    public static PairReading Read(PairFiles files, DateTimeOffset now)
    {
        var faults = new List<FileFault>();
        var chain = Try(PairPart.Certificate, () => PemChain.Parse(FileText.Read(files.Certificate)));
        var password = files.Password is null ? null : Try(PairPart.Password, () => FileText.Read(files.Password).TrimEnd('\r', '\n'));
        var key = Try(PairPart.Key, () => PemKey.Find(FileText.Read(files.Key)));
        if (faults.Count > 0 || chain is null || key is null)
            return new PairReading(null, faults, []);

        var pair = Try(PairPart.Key, () => PrivateKeys.Attach(chain, key, password));
        return pair is null
            ? new PairReading(null, faults, [])
            : new PairReading(pair, [], [.. Validity.Warnings(files.Certificate, pair, now), .. KeyExposure.Warnings(files.Key)]);

        T? Try<T>(PairPart part, Func<T> read)
        {
            try
            {
                return read();
            }
            catch (FileFaultException exception)
            {
                faults.Add(new FileFault(part, files.Of(part), exception.Message, exception.Fix));
                return default;
            }
        }
    }
}
