namespace KubeWsBridge.Configuration.Sources;

/// <summary>Takes a list apart that had to fit into one text.</summary>
internal static class ListSplitter
{
    private static readonly char[] Separators = [' ', ',', '\t', '\n', '\r'];

    /// <summary>Splits at spaces and commas, as the ancestor's variables are.</summary>
    public static string[] Split(string text) => text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
}
