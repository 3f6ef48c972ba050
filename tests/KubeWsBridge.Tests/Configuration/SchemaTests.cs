using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using KubeWsBridge.Configuration.Options;
using KubeWsBridge.Configuration.Printing;
using KubeWsBridge.Configuration.Sources;

namespace KubeWsBridge.Tests.Configuration;

public sealed class SchemaTests : IDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly JsonElement _schema = JsonDocument.Parse(ConfigurationSchema.Write()).RootElement;

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Schema_Head_NamesItsDraftAndIsClosed()
    {
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", _schema.GetProperty("$schema").GetString());
        Assert.False(_schema.GetProperty("additionalProperties").GetBoolean());
    }

    [Fact]
    public void Schema_Properties_AreTheKeysThatWork()
    {
        var expected = OptionTable.All.Where(option => option.NotYet is null).SelectMany(option => option.Keys)
            .Concat(["routes", "listeners", "tlsCertificates"]).Order();
        Assert.Equal(expected, _schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order());
    }

    [Fact]
    public void Schema_PrintedConfiguration_IsValid()
    {
        var configuration = _sandbox.LoadYaml(
            "connectionTimeout: 1.5\nroutes:\n  - path: /a\n    origins: [https://a]\n  - path: /b/*\n    ignoreStdout: on\n", "-a-n", "-b64k");
        using var writer = new StringWriter();
        new ConfigurationPrinter(writer).Print(configuration);
        Assert.Equal([], Errors(writer.ToString()));
    }

    [Theory]
    [InlineData("wsPort: 8080\norigin: https://a\n")]
    [InlineData("connectionTimeout: 1.5\nphpTimeout: 2m\nbufferSize: 64KiB\nphpArgs: [-n]\n")]
    [InlineData("tcpBind: unix:/run/kwb.sock\n")]
    [InlineData("tlsMode: internal\nlisteners:\n- port: 8443\n  tls: true\n- host: 127.0.0.1\n  port: 0\n")]
    [InlineData("tlsMode: automate\ntlsDomains: a.test\ntlsAcmeDirectory: [letsencrypt-staging, https://ca.example.com/dir]\ntlsAcmeChallenge: dns-01\n")]
    [InlineData("tlsMode: manual\ntlsCertificates:\n- cert: a\n  key: b\n")]
    [InlineData("wsPort:\nroutes:\n- path: /a\n  phpArg: -n\n")]
    public void Schema_GoodFile_IsValid(string yaml) => Assert.Equal([], Errors(yaml));

    [Theory]
    [InlineData("wsPort: 70000\n")]
    [InlineData("wsPort: [1]\n")]
    [InlineData("launcher: teleport\n")]
    [InlineData("drainDelay: soon\n")]
    [InlineData("tlsAcmeDirectory: [http://ca.example.com]\n")]
    [InlineData("listeners: []\n")]
    [InlineData("listeners:\n- port: 70000\n")]
    [InlineData("listeners:\n- wsPort: 1\n")]
    [InlineData("tlsAlpn: [h3]\n")]
    [InlineData("bananas: 1\n")]
    [InlineData("routes: []\n")]
    [InlineData("routes:\n- path: a\n")]
    [InlineData("routes:\n- wsPort: 1\n")]
    [InlineData("phpTimeout: 2 days\n")]
    public void Schema_BadFile_IsInvalid(string yaml) => Assert.NotEmpty(Errors(yaml));

    private List<string> Errors(string yaml)
    {
        var errors = new List<string>();
        using var text = new StringReader(yaml);
        Check(YamlTree.Read(text)!, _schema, "", errors);
        return errors;
    }

    // As much of a validator as our schema needs.
    private void Check(YamlNode node, JsonElement schema, string at, List<string> errors)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            schema = Resolve(reference.GetString()!);
        if (schema.TryGetProperty("anyOf", out var choices))
        {
            var attempts = choices.EnumerateArray().Select(choice =>
            {
                var found = new List<string>();
                Check(node, choice, at, found);
                return found;
            }).ToArray();
            if (attempts.All(attempt => attempt.Count > 0))
                errors.AddRange(attempts[0]);
            return;
        }
        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(name => IsOfType(node, name)))
            errors.Add($"{at}: not of type {type}");
        if (schema.TryGetProperty("enum", out var names) && !names.EnumerateArray().Any(name => name.ToString() == (node as YamlScalar)?.Text))
            errors.Add($"{at}: not one of {names}");
        CheckScalar(node as YamlScalar, schema, at, errors);
        CheckChildren(node, schema, at, errors);
    }

    private static void CheckScalar(YamlScalar? scalar, JsonElement schema, string at, List<string> errors)
    {
        if (scalar is null)
            return;
        if (decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            if (schema.TryGetProperty("minimum", out var least) && number < least.GetDecimal())
                errors.Add($"{at}: below {least}");
            if (schema.TryGetProperty("maximum", out var most) && number > most.GetDecimal())
                errors.Add($"{at}: above {most}");
        }
        else if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(scalar.Text, pattern.GetString()!))
            errors.Add($"{at}: does not match {pattern}");
    }

    private void CheckChildren(YamlNode node, JsonElement schema, string at, List<string> errors)
    {
        if (node is YamlMap map && schema.TryGetProperty("properties", out var properties))
            foreach (var (key, value) in map.Entries)
                if (properties.TryGetProperty(key.Text, out var property))
                    Check(value, property, $"{at}/{key.Text}", errors);
                else
                    errors.Add($"{at}/{key.Text}: not allowed");
        if (node is not YamlList list)
            return;
        if (schema.TryGetProperty("minItems", out var least) && list.Items.Count < least.GetInt32())
            errors.Add($"{at}: too short");
        if (schema.TryGetProperty("items", out var items))
            foreach (var item in list.Items)
                Check(item, items, at + "/-", errors);
    }

    private JsonElement Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate(_schema, (element, step) =>
            element.ValueKind == JsonValueKind.Array ? element[int.Parse(step, CultureInfo.InvariantCulture)] : element.GetProperty(step));

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.GetString()!) : [type.GetString()!];

    private static bool IsOfType(YamlNode node, string type) => (type, node) switch
    {
        ("object", YamlMap) or ("array", YamlList) => true,
        ("null", YamlScalar scalar) => scalar.IsNull,
        (_, YamlScalar { IsNull: true }) => false,
        ("string", YamlScalar) => true,
        ("boolean", YamlScalar scalar) => scalar.Text is "true" or "false",
        ("integer", YamlScalar scalar) => long.TryParse(scalar.Text, CultureInfo.InvariantCulture, out _),
        ("number", YamlScalar scalar) => decimal.TryParse(scalar.Text, CultureInfo.InvariantCulture, out _),
        _ => false,
    };
}
