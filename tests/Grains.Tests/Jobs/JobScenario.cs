using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Jobs;
using OrleansBilling.Contracts.Serialization;

namespace OrleansBilling.Grains.Tests.Jobs;

/// <summary>What tests of jobs have in common.</summary>
internal static class JobScenario
{
    public const string Start = "2026-06-01T00:00:00Z";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Tenant t with the subscriptions s-1 and s-2.</summary>
    public static async Task<BillingCluster> StartAsync(TimeProvider? time = null, int silos = 1)
    {
        var cluster = await BillingCluster.StartAsync(time: time, silos: silos);
        await cluster.CreateTenantAsync("t", Start);
        await cluster.PublishAsync("t", """{"id":"p","currency":"EUR","charges":[{"id":"fee","kind":"recurring","amount":"1"}]}""");
        await cluster.SubscribeAsync("t", "c", "s-1", "p", Start);
        await cluster.SubscribeAsync("t", "c", "s-2", "p", Start, registered: true);
        return cluster;
    }

    public static IJobGrain JobsOf(BillingCluster cluster, string tenant = "t") => cluster.Grains.GetGrain<IJobGrain>(tenant);

    public static Task<CommandResult<JobView>> SubmitAsync(BillingCluster cluster, string id, string kind, params JobItem[] items) =>
        JobsOf(cluster).Submit(new(id, kind, ["id"], Hash(kind, items)), items);

    /// <summary>Waits for its end.</summary>
    public static async Task<JobView> EndAsync(BillingCluster cluster, string id)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var job = await JobsOf(cluster).Get(id);
            if (job!.Status is JobStatus.Finished or JobStatus.Cancelled)
            {
                return job;
            }
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"job {id} stands at {job.Done} of {job.Total}");
            await Task.Delay(20);
        }
    }

    /// <summary>All results, page by page.</summary>
    public static async Task<List<JobItemResult>> ResultsAsync(BillingCluster cluster, string id, bool? failed = null, int limit = 1_000)
    {
        var all = new List<JobItemResult>();
        int? after = 0;
        while (after is { } from)
        {
            var page = (await JobsOf(cluster).Results(new(id, from, failed, limit)))!;
            all.AddRange(page.Results);
            after = page.Next;
        }
        return all;
    }

    /// <summary>Device, outcome and code.</summary>
    public static string Line(JobItemResult result) =>
        $"{result.Number} {result.Item.Device} {result.Outcome.Outcome}"
            + string.Concat(result.Outcome.Errors.Select(e => $" {e.Code}{e.Pointer}"));

    public static JobItem Registered(string device, string? subscription = "s-1") => new(device, Subscription: subscription);

    public static JobItem Moved(string device, string? subscription, string from) =>
        new(device, Subscription: subscription, From: BillingCluster.At(from));

    public static JobItem Set(string device, string state, string from) => new(device, State: state, From: BillingCluster.At(from));

    private static string Hash(string kind, JobItem[] items) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes((object[])[kind, items], BillingJson.Options)));
}
