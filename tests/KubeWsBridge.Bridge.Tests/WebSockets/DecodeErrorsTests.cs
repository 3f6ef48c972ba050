using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

public class DecodeErrorsTests
{
    [Fact]
    public void Describe_EveryError_HasASentenceOfItsOwn()
    {
        var sentences = Enum.GetValues<DecodeError>().Select(DecodeErrors.Describe).ToList();

        Assert.All(sentences, sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
        Assert.Equal(sentences.Count, sentences.Distinct().Count());
    }

    [Fact]
    public void CloseCodeOf_EveryError_IsWhatTheRfcAsks()
    {
        var byCode = Enum.GetValues<DecodeError>().ToLookup(DecodeErrors.CloseCodeOf);

        Assert.Equal([DecodeError.None], byCode[0]);
        Assert.Equal([DecodeError.MessageTooBig], byCode[1009]);
        Assert.Equal([DecodeError.CloseReasonNotUtf8, DecodeError.TextNotUtf8, DecodeError.TextCut], byCode[1007]);
        Assert.Equal(11, byCode[1002].Count());
        Assert.Equal(4, byCode.Count);
    }
}
