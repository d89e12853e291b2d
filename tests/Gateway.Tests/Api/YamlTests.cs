using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class YamlTests(HostFixture host)
{
    private const string Yaml = "application/yaml";

    [Fact]
    public async Task A_plan_in_yaml_is_the_plan_in_json()
    {
        using var caller = await host.NewHomeAsync();
        const string Plan = """
            id: yaml          # a comment
            currency: EUR
            charges:
              - id: energy
                meter: energy
                model: graduated
                tiers: [ { upTo: 100, unitPrice: 0.1000000001 }, { unitPrice: 0.20 } ]
            """;
        var created = await caller.PostAsync("/v1/plans", Plan, Yaml);
        Assert.True(created.Status == 201, created.Body);
        Assert.Equal("0.1000000001", (await caller.GetAsync("/v1/plans/yaml")).Text("definition/charges/0/tiers/0/unitPrice"));
        var again = await caller.PostAsync("/v1/plans", """
            { "id": "yaml", "currency": "EUR", "charges": [ { "id": "energy", "meter": "energy", "model": "graduated",
              "tiers": [ { "upTo": "100", "unitPrice": "0.1000000001" }, { "unitPrice": "0.2" } ] } ] }
            """);
        Assert.Equal((200, "1"), (again.Status, again.Text("version")));
    }

    [Fact]
    public async Task Faults_name_line_and_column_beside_the_pointer()
    {
        using var caller = await host.NewHomeAsync();
        var form = await caller.PostAsync("/v1/plans", "id: p\ncurrency: EUR\ncharges:\n  - id: a\n    amount: 1,50\n", Yaml);
        form.IsProblem(422, "json.not_decimal", "/charges/0/amount");
        Assert.Equal(("5", "5"), (form.Text("errors/0/line"), form.Text("errors/0/column")));
        var meaning = await caller.PostAsync("/v1/plans", "id: p\ncurrency: EUR\ncharges:\n  - id: a\n    meter: nothing\n    unitPrice: 1\n", Yaml);
        meaning.IsProblem(422, "plan.meter_unknown", "/charges/0/meter");
        Assert.Equal(("5", "5"), (meaning.Text("errors/0/line"), meaning.Text("errors/0/column")));
        var broken = await caller.PostAsync("/v1/plans", "id: p\ncharges: [ { id: a\n", Yaml);
        broken.IsProblem(400, "yaml.invalid");
        Assert.Equal("3", broken.Text("errors/0/line"));
        (await caller.PostAsync("/v1/plans", "id: !!float 1", Yaml)).IsProblem(422, "yaml.tag", "/id");
    }

    [Fact]
    public async Task A_quote_may_be_asked_for_in_yaml()
    {
        var quote = await host.Operator.PostAsync("/v1/quotes", "currency: USD\nquantity: 12\ncharge: { unitPrice: 0.5 }\n", Yaml);
        Assert.Equal((200, "6.00"), (quote.Status, quote.TextOrNull("amount")));
        var wrong = await host.Operator.PostAsync("/v1/quotes", "currency: USD\ncharge: { unitPrice: 1 }\nevents:\n  - { value: x }\n", Yaml);
        wrong.IsProblem(422, "json.not_decimal", "/events/0/value");
        Assert.Equal("4", wrong.Text("errors/0/line"));
    }

    [Fact]
    public async Task Yaml_is_bounded_and_is_taken_only_where_it_is_documented()
    {
        using var caller = await host.NewHomeAsync();
        (await caller.PostAsync("/v1/plans", new string('#', (2 * 1024 * 1024) + 1), Yaml)).IsProblem(413, "request.body_too_large");
        var laughs = "a: &a [1,1,1,1,1,1,1,1,1]\n" + string.Concat(Enumerable.Range(0, 12).Select(
            i => $"{(char)('b' + i)}: &{(char)('b' + i)} [{string.Join(',', Enumerable.Repeat($"*{(char)('a' + i)}", 9))}]\n"));
        (await caller.PostAsync("/v1/plans", laughs, Yaml)).IsProblem(422, "yaml.aliases_too_large");
        (await caller.PostAsync("/v1/customers", "id: c-1", Yaml)).IsProblem(415, "request.media_type_unsupported");
        (await caller.PostAsync("/v1/plans", "id: p", "text/plain")).IsProblem(415, "request.media_type_unsupported");
    }
}
