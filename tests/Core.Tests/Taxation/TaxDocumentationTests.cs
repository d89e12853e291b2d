using System.Reflection;
using System.Text;
using OrleansBilling.Core.Taxation;
using OrleansBilling.Core.Taxation.Numbers;

namespace OrleansBilling.Core.Tests.Taxation;

/// <summary>docs/taxation.md says what the code does.</summary>
public class TaxDocumentationTests
{
    private static readonly string Text = Read();

    [Fact]
    public void Every_code_of_a_hold_and_every_class_is_documented()
    {
        var constants = new[] { typeof(TaxHoldCodes), typeof(TaxClasses) }
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(field => (string)field.GetValue(null)!).ToList();
        Assert.True(constants.Count > 20);
        Assert.DoesNotContain(constants, constant => !Text.Contains($"`{constant}`", StringComparison.Ordinal));
    }

    [Fact]
    public void The_file_in_the_documentation_is_right()
    {
        var lines = Text.Split('\n');
        var start = Array.IndexOf(lines, "    {");
        var json = string.Join('\n', lines.Skip(start).TakeWhile(line => line.StartsWith("    ", StringComparison.Ordinal)));
        var result = TaxData.BuiltIn.With(Encoding.UTF8.GetBytes(json));
        Assert.Empty(result.Errors);
        Assert.NotNull(result.Data);
    }

    [Fact]
    public void Every_country_with_rules_but_the_US_has_numbers_to_check()
    {
        string[] places = ["AU", "CA", "CH", "GB", "IN", "JP", "NO", "NZ", "SG", "XI"];
        Assert.Equal(37, TaxNumbers.Countries.Count);
        Assert.Empty(places.Except(TaxNumbers.Countries));
    }

    private static string Read()
    {
        using var stream = typeof(TaxDocumentationTests).Assembly.GetManifestResourceStream("taxation.md")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
