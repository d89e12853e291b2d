using OrleansBilling.Silo.Commands;
using Spectre.Console;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Commands;

public sealed class PlanLintTests : IDisposable
{
    private const string Good = "id: p\ncurrency: EUR\ncharges: [ { id: a, meter: data, unit: MB, unitPrice: 1 } ]\n";
    private const string Suspicious = "id: p\ncurrency: EUR\ncharges:\n  - { id: a, amount: 0 }\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("plan-lint").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_good_plan_ends_with_0()
    {
        var (code, output) = await RunAsync(await FileAsync("good.yaml", Good));
        Assert.Equal((0, "plans: 1, errors: 0, warnings: 0"), (code, output.Trim()));
    }

    [Fact]
    public async Task One_bad_plan_among_several_ends_with_1_and_is_told_with_its_place()
    {
        var good = await FileAsync("good.yaml", Good);
        var bad = await FileAsync("bad.json", "{ \"id\": \"p\", \"currency\": \"EUR\",\n  \"charges\": [ { \"id\": \"a\", \"amuont\": \"1\" } ] }");
        var (code, output) = await RunAsync(good, bad);
        Assert.Equal(1, code);
        Assert.Contains($"{bad}:2:29: error json.unknown_property at /charges/0/amuont: ", output, StringComparison.Ordinal);
        Assert.Contains("plans: 2, errors: 1, warnings: 0", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_count_only_when_it_is_strict()
    {
        var file = await FileAsync("plan.yml", Suspicious);
        var (code, output) = await RunAsync(file);
        Assert.Equal(0, code);
        Assert.Contains($"{file}:4:14: warning lint.never_charges at /charges/0/amount: ", output, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync(file, "--strict")).Code);
    }

    [Fact]
    public async Task Meters_beside_the_plan_or_named_are_checked()
    {
        var plan = await FileAsync("good.yaml", Good);
        await FileAsync("meters.json", """[ { "id": "data", "unit": "kWh" } ]""");
        var named = await FileAsync("mine.yaml", "- { id: data, unit: B }\n");
        Assert.Contains("plan.unit_not_convertible", (await RunAsync(plan)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(plan, "--meters", named)).Code);
    }

    [Theory]
    [InlineData("[ { \"id\": \"data\", \"unit\": \"furlong per fortnight\" } ]", "meters.json:1:19")]
    [InlineData("{}", "array of meters")]
    [InlineData("[", "meters.json:1:")]
    public async Task Meters_that_cannot_be_read_are_wrong_use(string meters, string why)
    {
        var plan = await FileAsync("good.yaml", Good);
        await FileAsync("meters.json", meters);
        var (code, output) = await RunAsync(plan);
        Assert.Equal(2, code);
        Assert.Contains(why, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_use_and_missing_files_do_not_look_like_good_plans()
    {
        Assert.Equal(2, (await RunAsync()).Code);
        Assert.Equal(2, (await RunAsync(await FileAsync("plan.txt", Good))).Code);
        Assert.Equal(3, (await RunAsync(Path.Combine(_folder, "nobody.yaml"))).Code);
        using var writer = new StringWriter();
        Assert.Equal(2, await CommandLine.RunAsync(["plan", "mend"], Console(writer)));
        Assert.True(CommandLine.IsCommand(["plan", "lint"]));
    }

    private async Task<string> FileAsync(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        await using var writer = new StringWriter();
        var code = await CommandLine.RunAsync(["plan", "lint", .. args], Console(writer));
        return (code, writer.ToString());
    }

    private static IAnsiConsole Console(StringWriter writer)
    {
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 2_000;
        return console;
    }
}
