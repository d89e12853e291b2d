using System.Runtime.CompilerServices;
using System.Text.Json;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Generated;

/// <summary>A client that a generator makes of the server's OpenAPI document, compiled strictly, and used against the server.</summary>
[Collection(HostCollection.Name)]
public sealed class GeneratedClientTests(HostFixture host)
{
    private static readonly NodeProject Project = new(Path.Combine(Path.GetDirectoryName(Here())!, "client"));

    [Fact]
    public async Task A_client_made_of_the_document_compiles_and_bills_from_a_meter_to_an_invoice()
    {
        await Project.InstallAsync();
        var built = Path.Combine(Project.Folder, "built");
        Directory.CreateDirectory(built);
        await File.WriteAllTextAsync(Path.Combine(built, "openapi.json"), (await host.Operator.GetAsync("/openapi/v1.json")).Body);
        using var tenant = await host.NewTenantAsync();

        await Project.RunAsync("node", ["node_modules/openapi-typescript/bin/cli.js", "built/openapi.json", "--output", "built/schema.ts"]);
        await Project.RunAsync("node", ["node_modules/typescript/bin/tsc", "--project", "."]);
        var said = await Project.RunAsync("node", ["built/use.js", host.Silo.HttpUrl.ToString(), tenant.Key]);

        Assert.Equal(
            """
            {"accepted":2,"statuses":["accepted","accepted"],"device":"meter/17","bill":"14.00","invoice":"14.00","lines":["base 1 9.50","energy 14.5 4.50"],"refused":"customer.unknown"}
            """,
            JsonDocument.Parse(said).RootElement.GetRawText());
        Assert.Equal("14.00", (await tenant.GetAsync("/v1/customers/c-1/invoices")).Text("items/0/total"));
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
