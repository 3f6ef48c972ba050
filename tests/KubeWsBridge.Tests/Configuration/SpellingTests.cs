using KubeWsBridge.Configuration;

namespace KubeWsBridge.Tests.Configuration;

public class SpellingTests
{
    private static readonly string[] Words = ["maxConnections", "maxProcesses", "script", "wsPort", "wsHost"];

    [Theory]
    [InlineData("maxConections", "maxConnections")]
    [InlineData("max-connections", "maxConnections")]
    [InlineData("MAX_CONNECTIONS", "maxConnections")]
    [InlineData("scirpt", "script")]
    [InlineData("wsport", "wsPort")]
    [InlineData("sript", "script")]
    [InlineData("banana", null)]
    [InlineData("x", null)]
    public void Suggest_Text_FindsWhatWasMeant(string text, string? word) => Assert.Equal(word, Spelling.Suggest(text, Words));
}
