using System.Text;
using KubeWsBridge.Bridge.Launching.FastCgi;

namespace KubeWsBridge.Bridge.Tests.Launching.FastCgi;

public sealed class FastCgiStatusTests
{
    [Fact]
    public void Parse_Page_GivesItsNumbers()
    {
        // As PHP 8.2 writes it.
        const string page = """
            {"pool":"ws","process manager":"static","start time":1795728227,"start since":3,"accepted conn":11,"listen queue":0,"max listen queue":0,
            "listen queue len":0,"idle processes":2,"active processes":1,"total processes":3,"max active processes":3,"max children reached":0,"slow requests":0}
            """;

        var status = FastCgiStatus.Parse(Encoding.UTF8.GetBytes(page));

        Assert.Equal(new FastCgiStatus("static", 1, 3), status);
        Assert.True(status.IsStatic);
    }

    [Theory]
    [InlineData("")]
    [InlineData("pool: ws")]
    [InlineData("[]")]
    [InlineData("{\"process manager\":\"static\"}")]
    [InlineData("{\"process manager\":\"static\",\"active processes\":\"1\",\"total processes\":3}")]
    public void Parse_SomethingElse_Throws(string page) =>
        Assert.Throws<InvalidDataException>(() => FastCgiStatus.Parse(Encoding.UTF8.GetBytes(page)));
}
