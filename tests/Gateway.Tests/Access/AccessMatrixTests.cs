using System.Text;
using System.Text.Json;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Access;

/// <summary>Every operation of the document with every kind of key, on what exists.</summary>
[Collection(HostCollection.Name)]
public sealed class AccessMatrixTests(HostFixture host)
{
    private const string Operators = "operator";

    /// <summary>What includes a scope, besides itself.</summary>
    private static readonly Dictionary<string, string[]> IncludedIn = new()
    {
        ["ingest"] = ["admin"], ["read"] = ["billing", "admin"], ["devices"] = ["admin"], ["billing"] = ["admin"], ["admin"] = [],
    };

    [Fact]
    public async Task Every_operation_is_in_the_matrix() =>
        Assert.Equal((await NeedsAsync()).Keys.Order(), AccessCases.All.Select(one => one.Operation).Order());

    [Fact]
    public async Task Each_key_gets_what_is_its_own_and_no_refusal_tells_what_exists()
    {
        using var world = await AccessWorld.MakeAsync(host);
        var needs = await NeedsAsync();
        AccessCase[] cases = [.. AccessCases.All, .. AccessCases.Compat];
        foreach (var one in AccessCases.Compat)
        {
            needs[one.Operation] = ["ingest"];
        }
        var before = await ReadAllAsync(world);
        var faults = new List<string>();
        foreach (var one in cases)
        {
            await CheckRefusalsAsync(world, one, needs[one.Operation], faults);
        }
        Assert.Equal(before, await ReadAllAsync(world));
        foreach (var one in cases)
        {
            await CheckOwnAsync(world, one, needs[one.Operation], faults);
        }
        foreach (var one in cases)
        {
            await CheckStrangerAsync(world, one, faults);
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>Requests that would succeed with the right key.</summary>
    private static async Task CheckRefusalsAsync(AccessWorld world, AccessCase one, string[] needed, List<string> faults)
    {
        Expect(one, "no key", await CallAsync(world.Nobody, one, world.Own), 401, faults);
        Expect(one, "revoked key", await CallAsync(world.Revoked, one, world.Own), 401, faults);
        foreach (var (scope, caller) in world.Scoped.Where(pair => needed.Length > 0 && !Suffices(pair.Key, needed)))
        {
            Expect(one, $"key with {scope}", await CallAsync(caller, one, world.Own), 403, faults);
        }
        foreach (var (what, own, other) in new[] { ("key", world.Customer, world.OtherCustomer), ("portal token", world.Portal, world.OtherPortal) })
        {
            await CheckForeignAsync($"another customer's {what}", world, other, one, one.OfCustomer ? 404 : needed.Length > 0 ? 403 : 200, faults);
            Expect(one, $"the customer's {what}", await CallAsync(own, one, world.Own), one.OfCustomer || needed.Length == 0 ? 200 : 403, faults);
        }
    }

    /// <summary>The first call with a key of each scope that is enough; what follows the first may find that it is done.</summary>
    private async Task CheckOwnAsync(AccessWorld world, AccessCase one, string[] needed, List<string> faults)
    {
        if (needed is [Operators])
        {
            Expect(one, "the operator's key", await CallAsync(host.Operator, one, world.Own), one.Own, faults);
            return;
        }
        var callers = needed.Select(scope => (scope, world.Scoped[scope])).Append(("admin", world.Owner)).ToList();
        for (var i = 0; i < callers.Count; i++)
        {
            var (scope, caller) = callers[i];
            var answer = await CallAsync(caller, one, world.Own);
            if (i == 0 ? answer.Status != one.Own : answer.Status is 401 or 403 or >= 500)
            {
                faults.Add($"{one.Operation} with {scope}: {answer.Status}, not {one.Own}: {answer.Body}");
            }
        }
    }

    private static Task CheckStrangerAsync(AccessWorld world, AccessCase one, List<string> faults) =>
        CheckForeignAsync("another tenant's key", world, world.Stranger, one, one.Foreign, faults);

    /// <summary>The same answer for what is somebody else's and for what is not there.</summary>
    private static async Task CheckForeignAsync(string whose, AccessWorld world, Caller caller, AccessCase one, int status, List<string> faults)
    {
        var foreign = await CallAsync(caller, one, world.Own);
        var absent = await CallAsync(caller, one, world.Absent);
        Expect(one, whose, foreign, status, faults);
        if (foreign.Status != absent.Status || world.Masked(foreign.Body) != world.Masked(absent.Body) || Names(foreign) != Names(absent))
        {
            faults.Add($"{one.Operation} with {whose}: {foreign.Status} {foreign.Body} tells more than {absent.Status} {absent.Body}");
        }
    }

    private static void Expect(AccessCase one, string whose, Answer answer, int status, List<string> faults)
    {
        if (answer.Status != status)
        {
            faults.Add($"{one.Operation} with {whose}: {answer.Status}, not {status}: {answer.Body}");
        }
    }

    private static string Names(Answer answer) => string.Join(' ', answer.Headers.Select(header => header.Key).Order());

    private static async Task<Answer> CallAsync(Caller caller, AccessCase one, Func<string, string> named)
    {
        using var request = new HttpRequestMessage(one.Method, named(one.Path));
        if (one.Body is { Length: > 0 } body)
        {
            request.Content = new StringContent(named(body), Encoding.UTF8, one.Type);
        }
        using var response = await caller.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var watches = one.IsLive && response.IsSuccessStatusCode;
        return new(
            (int)response.StatusCode, watches ? "" : await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType,
            response.Headers);
    }

    /// <summary>All that can be read of the tenant.</summary>
    private static async Task<string> ReadAllAsync(AccessWorld world)
    {
        var all = new StringBuilder();
        foreach (var one in AccessCases.All.Where(one => one.Method == HttpMethod.Get && !one.IsLive && one.Foreign != 403))
        {
            all.Append(one.Path).Append(": ").AppendLine((await CallAsync(world.Owner, one, world.Own)).Body);
        }
        return all.ToString();
    }

    private static bool Suffices(string scope, string[] needed) =>
        needed.Any(one => one == scope || (IncludedIn.TryGetValue(one, out var wider) && wider.Contains(scope)));

    /// <summary>Operations with the scopes that the document asks for.</summary>
    private async Task<Dictionary<string, string[]>> NeedsAsync()
    {
        var document = (await host.Operator.GetAsync("/openapi/v1.json")).Json;
        return document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => (Name: $"{method.Name} {path.Name}", Scopes: Scopes(method.Value))))
            .ToDictionary(pair => pair.Name, pair => pair.Scopes);
    }

    private static string[] Scopes(JsonElement operation) => operation.TryGetProperty("security", out var ways)
        ? [.. ways.EnumerateArray().Where(way => way.TryGetProperty("bearer", out var scopes) && scopes.GetArrayLength() > 0)
            .Select(way => way.GetProperty("bearer")[0].GetString()!)]
        : [];
}
