using System.Text.Json;
using OrleansBilling.Cluster.Tests.Oracle;
using OrleansBilling.Cluster.Tests.Support;
using OrleansBilling.Silo.Commands.Demo;
using Xunit;
using Xunit.Abstractions;

namespace OrleansBilling.Cluster.Tests.Scenarios;

/// <summary>
/// Plays every scenario of the demo against the real server, over the whole data where it lies beside the checkout, and
/// compares every invoice line with an independent computation.
/// </summary>
[Collection(SiloCollection.Name)]
public sealed class DemoBillTests(SiloFixture fixture, ITestOutputHelper output)
{
    /// <summary>All scenarios with the whole data; without it those whose samples the repository may hold.</summary>
    public static TheoryData<string> Scenarios()
    {
        var files = new DemoRunner(new Uri("http://127.0.0.1:1"), "none", Places.Data, TimeProvider.System);
        var data = new TheoryData<string>();
        foreach (var scenario in Scenario.LoadAll(Places.Samples))
        {
            if (Places.SharedData is not null || files.FilesOf(scenario).Count > 0)
            {
                data.Add(scenario.Id);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Bills_equal_the_independent_computation(string id)
    {
        var scenario = Scenario.LoadAll(Places.Samples).Single(scenario => scenario.Id == id);
        var runner = new DemoRunner(fixture.Silo.Url, fixture.Silo.Key, Places.Data, TimeProvider.System) { Prefix =
            "bills" };
        Assert.NotEmpty(runner.FilesOf(scenario));

        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var result = await runner.RunAsync(scenario, default);
        var took = System.Diagnostics.Stopwatch.GetElapsedTime(started);
        output.WriteLine(
            $"{result.Counters.Acknowledged} events, {result.Counters.ClockMoves} moves, {result.Invoices.Count} invoices in {took}");
        var expected = Oracles.All[id](Places.Data);
        BillComparison.CheckTotals(result.Invoices);
        BillComparison.Check(expected, result.Invoices);
        CheckAccounts(expected, result);
        Assert.True(result.Audit.GetProperty("agrees").GetBoolean(), result.Audit.ToString());
    }

    private static void CheckAccounts(OracleBill expected, DemoResult result)
    {
        var counters = result.Counters;
        Assert.True(counters.Closes);
        Assert.Equal(expected.Rows, counters.Rows);
        Assert.Equal(expected.Skipped, counters.RowsSkipped);
        Assert.Equal(expected.Rejected, counters.RowsRejected);
        Assert.Equal(expected.Events, counters.Acknowledged);
        Assert.Equal(expected.Quarantined, counters.Of("quarantined"));
        Assert.Equal(expected.Refused, counters.Of("rejected"));
        Assert.Equal(
            (0, 0, 0, counters.Acknowledged - expected.Quarantined - expected.Refused),
            (counters.Of("late"), counters.Of("duplicate"), counters.Of("conflict"), counters.Of("accepted")));
        Assert.Equal(counters.Of("accepted") + counters.Of("quarantined"),
            result.Audit.GetProperty("eventsRead").GetInt64());
    }
}
