using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubeWsBridge.Configuration.Sources;

/// <summary>
/// Builds a tree from YamlDotNet's parser events. Its own object model needs reflection or stops at the first duplicate key; ours is
/// trim-safe and keeps the line of every value.
/// </summary>
internal sealed class YamlTree
{
    private readonly Parser _parser;
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);

    private YamlTree(TextReader text) => _parser = new Parser(text);

    /// <summary>The document's root; null when there is nothing in it.</summary>
    /// <exception cref="YamlException">The text is not YAML, or has more than one document.</exception>
    public static YamlNode? Read(TextReader text) => new YamlTree(text).ReadDocument();

    private YamlNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
            return null;
        _parser.Consume<DocumentStart>();
        var root = ReadNode();
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
            throw new YamlException(second.Start, second.End, "There is a second document; one is all that is read.");
        return root is YamlScalar { IsNull: true } ? null : root;
    }

    private YamlNode ReadNode()
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return _anchors.TryGetValue(alias.Value.Value, out var known)
                ? known
                : throw new YamlException(alias.Start, alias.End, $"There is no anchor &{alias.Value.Value} before this line.");
        if (!_parser.Accept<NodeEvent>(out var start))
            throw new YamlException("A value is missing.");
        YamlNode node = start switch
        {
            Scalar => ReadScalar(),
            SequenceStart => ReadList(),
            _ => ReadMap(),
        };
        if (!start.Anchor.IsEmpty)
            _anchors[start.Anchor.Value] = node;
        return node;
    }

    private YamlScalar ReadScalar()
    {
        var scalar = _parser.Consume<Scalar>();
        // YAML 1.2 core schema, section 10.3.2: these plain scalars are null.
        var isNull = scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" };
        return new YamlScalar(scalar.Value, isNull, scalar.Start.Line);
    }

    private YamlList ReadList()
    {
        var start = _parser.Consume<SequenceStart>();
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode());
        return new YamlList(items, start.Start.Line);
    }

    private YamlMap ReadMap()
    {
        var start = _parser.Consume<MappingStart>();
        var entries = new List<(YamlScalar, YamlNode)>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode();
            if (key is not YamlScalar name)
                throw new YamlException(start.Start, start.End, "A key must be a single word.");
            entries.Add((name, ReadNode()));
        }
        return new YamlMap(entries, start.Start.Line);
    }
}
