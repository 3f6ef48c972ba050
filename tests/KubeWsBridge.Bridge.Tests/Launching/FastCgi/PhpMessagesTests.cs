using System.Buffers;
using System.Text;
using KubeWsBridge.Bridge.Launching.FastCgi;

namespace KubeWsBridge.Bridge.Tests.Launching.FastCgi;

public sealed class PhpMessagesTests
{
    [Theory]
    [InlineData("PHP message: a", "PHP message: a\n")]
    [InlineData("PHP message: a; PHP message: b; x; PHP message: c", "PHP message: a\nPHP message: b; x\nPHP message: c\n")]
    [InlineData("; PHP message: d", "PHP message: d\n")]
    [InlineData("PHP message: two\nlines\n; PHP message: e", "PHP message: two\nlines\nPHP message: e\n")]
    [InlineData("Primary script unknown", "Primary script unknown\n")]
    [InlineData("; PHP message: ; PHP message: ", "PHP message: \nPHP message: \n")]
    [InlineData("", "")]
    public void Write_Record_BecomesLines(string record, string lines)
    {
        var output = new ArrayBufferWriter<byte>();
        PhpMessages.Write(Encoding.UTF8.GetBytes(record), output);

        Assert.Equal(lines, Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
