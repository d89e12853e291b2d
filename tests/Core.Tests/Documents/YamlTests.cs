using System.Text;
using System.Text.Json;
using OrleansBilling.Core.Documents;

namespace OrleansBilling.Core.Tests.Documents;

public class YamlTests
{
    private const int Limit = 1_000_000;

    [Theory]
    [InlineData("a: 0.10", """{"a":0.10}""")]
    [InlineData("a: 0.1000000000000000055511151231", """{"a":0.1000000000000000055511151231}""")]
    [InlineData("a: 9007199254740993", """{"a":9007199254740993}""")]
    [InlineData("a: -1e400", """{"a":-1e400}""")]
    [InlineData("a: \"0.10\"", """{"a":"0.10"}""")]
    [InlineData("a: 012", """{"a":"012"}""")]
    [InlineData("a: 1_000", """{"a":"1_000"}""")]
    [InlineData("a: 0x1F", """{"a":"0x1F"}""")]
    [InlineData("a: .inf", """{"a":".inf"}""")]
    [InlineData("a: 2026-01-01", """{"a":"2026-01-01"}""")]
    [InlineData("a: 22:00", """{"a":"22:00"}""")]
    [InlineData("a: [no, yes, on, true, False, ~, null, '', \"null\"]", """{"a":["no","yes","on",true,false,null,null,"","null"]}""")]
    [InlineData("a:\nb: { c: [] }", """{"a":null,"b":{"c":[]}}""")]
    [InlineData("a: &x [1, {b: 2}]\nc: *x", """{"a":[1,{"b":2}],"c":[1,{"b":2}]}""")]
    [InlineData("a: |\n  two\n  lines\n", """{"a":"two\nlines\n"}""")]
    [InlineData("\uFEFFa: é # comment", """{"a":"\u00E9"}""")]
    [InlineData("a: 1\na: 2", """{"a":1,"a":2}""")]
    public void Scalars_become_what_they_say_and_numbers_keep_every_digit(string yaml, string json) =>
        Assert.Equal(json, Json(Read(yaml)));

    [Theory]
    [InlineData("", "yaml.empty", 1, 1, "")]
    [InlineData("a: [1, 2", "yaml.invalid", 2, 1, "/a/1")]
    [InlineData("a: 1\n b: 2", "yaml.invalid", 2, 3, "/a")]
    [InlineData("a:\n\tb: 2", "yaml.invalid", 2, 1, "/a")]
    [InlineData("a:\n  - b: 1\n  - b: !!float 1", "yaml.tag", 3, 8, "/a/1/b")]
    [InlineData("a: !x 1", "yaml.tag", 1, 4, "/a")]
    [InlineData("a: 1\n---\nb: 2", "yaml.several_documents", 2, 1, "")]
    [InlineData("a: &x 1\nb: { <<: *x }", "yaml.merge", 2, 6, "/b")]
    [InlineData("{ [1]: 2 }", "yaml.key", 1, 3, "")]
    [InlineData("a: 1\nb: *nobody", "yaml.alias_unknown", 2, 4, "/b")]
    [InlineData("a: &x [*x]", "yaml.alias_unknown", 1, 8, "/a/0")]
    [InlineData("a: \"\\ud800\"", "yaml.invalid", 1, 11, "/a")]
    public void What_is_refused_is_told_with_line_column_and_pointer(string yaml, string code, int line, int column, string pointer)
    {
        var error = SourceDocument.ReadYaml(Encoding.UTF8.GetBytes(yaml), Limit).Error!;
        Assert.Equal((code, new TextPosition(line, column), pointer), (error.Error.Code, error.At, error.Error.Pointer));
    }

    [Fact]
    public void Aliases_of_aliases_cannot_grow_without_bound()
    {
        // Nine levels of nine: a billion values in half a kilobyte.
        var laughs = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (var i = 1; i < 10; i++)
        {
            laughs.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }

        Assert.Equal("yaml.aliases_too_large", Code(laughs.ToString(), 20_000_000));
        var oneLongText = $"a: &x {new string('x', 10_000)}\nb: [{string.Join(", ", Enumerable.Repeat("*x", 1_000))}]";
        Assert.Equal("yaml.aliases_too_large", Code(oneLongText, Limit));
        Assert.Null(Code(oneLongText, 20_000_000));
    }

    [Fact]
    public void Depth_size_and_number_of_values_are_bounded()
    {
        Assert.Null(Code(new string('[', 60) + new string(']', 60), Limit));
        Assert.Equal("yaml.too_deep", Code(new string('[', 61) + new string(']', 61), Limit));
        Assert.Equal("yaml.too_deep", Code(new string('[', 500_000), Limit));
        Assert.Equal("yaml.too_large", Code("a: 123", 5));
        Assert.Equal("yaml.too_many", Code("[" + string.Concat(Enumerable.Repeat("1,", 200_001)) + "]", 2_000_000));
        // An alias may hide depth.
        var deep = $"a: &x {new string('[', 58)}{new string(']', 58)}\nb: [[[*x]]]";
        Assert.Equal("yaml.aliases_too_large", Code(deep, Limit));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused() =>
        Assert.Equal("yaml.invalid", SourceDocument.ReadYaml(new byte[] { 0x61, 0x3A, 0x20, 0xFF }, Limit).Error!.Error.Code);

    [Fact]
    public void Values_are_found_where_they_were_written()
    {
        var source = Read("id: p\ncharges:\n  - id: a\n    tiers: &t\n      - { upTo: 5 }\n      - unitPrice: 1\n  - tiers: *t\n");
        Assert.Equal(new(1, 1), source.Find("/id"));
        Assert.Equal(new(3, 5), source.Find("/charges/0"));
        Assert.Equal(new(5, 11), source.Find("/charges/0/tiers/0/upTo"));
        Assert.Equal(new(7, 5), source.Find("/charges/1/tiers"));
        Assert.Equal(new(6, 9), source.Find("/charges/1/tiers/1/unitPrice"));
        // What is missing is placed where it would belong.
        Assert.Equal(new(3, 5), source.Find("/charges/0/meter"));
        Assert.Equal(new(2, 1), source.Find("/charges/9/meter"));
        Assert.Equal(new(1, 1), source.Find(""));
    }

    [Fact]
    public void Json_is_placed_too_in_characters()
    {
        var source = SourceDocument.ReadJson(Encoding.UTF8.GetBytes("{ \"é~/\": 1,\n  \"b\": [ true,\n \"x\" ] }"), Limit).Document!;
        Assert.Equal(new(1, 3), source.Find("/é~0~1"));
        Assert.Equal(new(2, 3), source.Find("/b"));
        Assert.Equal(new(2, 10), source.Find("/b/0"));
        Assert.Equal(new(3, 2), source.Find("/b/1"));
        var broken = SourceDocument.ReadJson("{\n  \"a\": 1,\n}"u8.ToArray(), Limit).Error!;
        Assert.Equal(("json.invalid", 3), (broken.Error.Code, broken.At.Line));
    }

    [Fact]
    public void Reading_never_throws_and_always_gives_json() =>
        Gen.Select(Gen.Int[0, Sample.Length - 1], Gen.Char["{}[]\",:0aé\\ -.\0\n\t&*!|>#%?~'"], Gen.Int[0, 3]).Sample((at, with, length) =>
        {
            var yaml = Sample[..at] + new string(with, length) + Sample[Math.Min(Sample.Length, at + 1)..];
            var read = SourceDocument.ReadYaml(Encoding.UTF8.GetBytes(yaml), Limit);
            if (read.Ok)
            {
                using var json = JsonDocument.Parse(read.Document.Json);
            }
        }, iter: 2_000);

    private const string Sample =
        """
        %YAML 1.2
        ---
        id: "p\u0041\x41"   # comment
        list: &l [1, 2.50, ~, {a: b}]
        more:
          - *l
          - 'it''s'
          - ? key
            : value
          - >-
            folded
            text
        ...
        """;

    private static SourceDocument Read(string yaml)
    {
        var read = SourceDocument.ReadYaml(Encoding.UTF8.GetBytes(yaml), Limit);
        Assert.Null(read.Error);
        return read.Document!;
    }

    private static string Json(SourceDocument source) => Encoding.UTF8.GetString(source.Json.Span);

    private static string? Code(string yaml, int limit) => SourceDocument.ReadYaml(Encoding.UTF8.GetBytes(yaml), limit).Error?.Error.Code;
}
