using KubeWsBridge.Bridge.WebSockets;

namespace KubeWsBridge.Bridge.Tests.WebSockets;

public class SubprotocolChoiceTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("chat", "chat")]
    [InlineData("chat, superchat", "chat|superchat")]
    [InlineData("chat,superchat", "chat|superchat")]
    [InlineData(" \tchat \t,\t superchat ", "chat|superchat")]
    [InlineData(",chat,, ,superchat,", "chat|superchat")]
    [InlineData("chat, Chat", "chat|Chat")]
    [InlineData("!#$%&'*+-.^_`|~09azAZ", "!#$%&'*+-.^_`|~09azAZ")]
    public void TryParse_GoodList_GivesItsNames(string? header, string expected)
    {
        Assert.True(SubprotocolChoice.TryParse(header, out var offered));
        Assert.Equal(expected, string.Join('|', offered));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(",, ,")]
    [InlineData("a b")]
    [InlineData("a;q=1")]
    [InlineData("\"a\"")]
    [InlineData("a/b")]
    [InlineData("a@b")]
    [InlineData("a\u000Bb")]
    [InlineData("\u00A0a")]
    [InlineData("é")]
    [InlineData("chat, superchat, chat")]
    [InlineData("chat,chat")]
    public void TryParse_BadList_IsRefused(string header)
    {
        Assert.False(SubprotocolChoice.TryParse(header, out var offered));
        Assert.Empty(offered);
    }

    [Theory]
    [InlineData("a,b", "b,a", "a")]
    [InlineData("b,a", "a,b", "b")]
    [InlineData("x,b", "a,b", "b")]
    [InlineData("A", "a", null)]
    [InlineData("a", "", null)]
    [InlineData("", "a", null)]
    public void Choose_TwoLists_TakesTheFirstOfOurs(string ours, string offered, string? expected) =>
        Assert.Equal(expected, SubprotocolChoice.Choose(List(ours), List(offered)));

    private static string[] List(string names) => names.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
