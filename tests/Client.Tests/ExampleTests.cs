using OrleansBilling.Client.Tests.Host;
using Xunit;

namespace OrleansBilling.Client.Tests;

[Collection(ServerCollection.Name)]
public sealed class ExampleTests(ServerFixture fixture)
{
    [Fact]
    public async Task The_example_of_the_documentation_bills_what_it_reports()
    {
        var key = await fixture.Server.NewTenantAsync();

        await Example.RunAsync(fixture.Server.GrpcUrl, key, [("r-1", "meter-17", new(2012, 6, 2, 8, 0, 0, TimeSpan.Zero), 1.5m)]);

        Assert.Equal(("1.5", "0.75"), await fixture.Server.BilledAsync(key));
    }

    [Theory]
    [InlineData("client.md")]
    [InlineData("README.md")]
    public void The_documentation_shows_the_example_that_is_tested(string file)
    {
        var lines = Lines("Example.cs.txt");
        var example = lines.SkipWhile(line => !line.EndsWith("// docs/client.md", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.EndsWith("// end", StringComparison.Ordinal)).Select(line => line[8..]);

        var shown = Lines(file).SkipWhile(line => line != "```csharp").Skip(1).TakeWhile(line => line != "```");

        Assert.Equal(example, shown);
    }

    private static string[] Lines(string file) => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Documents", file));
}
