using Microsoft.Extensions.Time.Testing;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Jobs;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Jobs;
using static OrleansBilling.Grains.Tests.BillingCluster;
using static OrleansBilling.Grains.Tests.Jobs.JobScenario;

namespace OrleansBilling.Grains.Tests.Jobs;

/// <summary>Lists of items that are handed over and done one by one.</summary>
public sealed class JobTests
{
    [Fact]
    public async Task Ten_thousand_items_good_and_bad_have_each_a_result_of_its_own()
    {
        await using var cluster = await JobScenario.StartAsync();
        await cluster.RegisterAsync("t", "d-7", "s-2");
        var items = Enumerable.Range(0, 10_000).Select(i => (i % 100) switch
        {
            0 => Registered($"d-{i}", "nowhere"),
            1 => new JobItem(null, Faults: [new("json.required", "'id' is required.", "/id")], Raw: "{}"),
            2 => Registered($"d-{i}") with { Identifiers = [new("serial", $"sn-{i}", At(Start), null, false)] },
            3 => Registered($"d-{i}") with { Identifiers = [new("imei", "no digits", At(Start), null, false)] },
            _ => Registered($"d-{i}"),
        }).ToArray();

        Assert.Equal(CommandOutcome.Created, (await SubmitAsync(cluster, "big", JobKind.Devices, items)).Outcome);
        var job = await EndAsync(cluster, "big");
        Assert.Equal((JobStatus.Finished, 10_000, 10_000, 301), (job.Status, job.Total, job.Done, job.Failed));

        var results = await ResultsAsync(cluster, "big");
        Assert.Equal(Enumerable.Range(1, 10_000), results.Select(r => r.Number));
        Assert.Equal(
            ["1 d-0 Rejected subscription.unknown/subscription", "2  Rejected json.required/id", "3 d-2 Created",
             "4 d-3 Rejected identifier.value_invalid/identifiers/0/value", "5 d-4 Created", "6 d-5 Created", "7 d-6 Created",
             "8 d-7 Conflict device.exists/id"],
            results.Take(8).Select(Line));
        var failed = await ResultsAsync(cluster, "big", failed: true, limit: 7);
        Assert.Equal(results.Where(r => !r.Outcome.Succeeded).Select(Line), failed.Select(Line));
        var succeeded = await ResultsAsync(cluster, "big", failed: false);
        Assert.Equal(10_000 - 301, succeeded.Count);
        Assert.Equal("{}", failed[1].Item.Raw);
        Assert.Equal("s-1", (await cluster.Device("t", "d-9999").Get())!.Assignments[^1].Subscription);
        Assert.Single((await cluster.Device("t", "d-9902").Get())!.Identifiers!);
    }

    [Fact]
    public async Task Changes_of_a_device_are_made_in_their_order()
    {
        await using var cluster = await JobScenario.StartAsync();
        await cluster.RegisterAsync("t", "a", "s-1");
        await cluster.RegisterAsync("t", "b", null);
        await SubmitAsync(
            cluster, "moves", JobKind.Assignments, Moved("a", "s-2", "2026-06-10T00:00:00Z"), Moved("a", null, "2026-06-20T00:00:00Z"),
            Moved("a", "s-1", "2026-06-15T00:00:00Z"), Moved("b", "s-1", "2026-06-10T00:00:00Z"), Moved("none", "s-1", "2026-06-10T00:00:00Z"));
        await SubmitAsync(
            cluster, "states", JobKind.States, Set("a", "suspended", "2026-06-11T00:00:00Z"), Set("a", "active", "2026-06-12T00:00:00Z"),
            Set("a", "asleep", "2026-06-13T00:00:00Z"), Set("b", "active", "2026-06-12T00:00:00Z"));
        await EndAsync(cluster, "moves");
        await EndAsync(cluster, "states");
        Assert.Equal(
            ["1 a Updated", "2 a Updated", "3 a Conflict device.assignment_order/from", "4 b Updated", "5 none NotFound device.unknown"],
            (await ResultsAsync(cluster, "moves")).Select(Line));
        Assert.Equal(
            ["1 a Updated", "2 a Updated", "3 a Rejected device.state_unknown/state", "4 b Updated"],
            (await ResultsAsync(cluster, "states")).Select(Line));
        Assert.Equal(["s-1", "s-2", null], (await cluster.Device("t", "a").Get())!.Assignments.Select(x => x.Subscription));
    }

    [Fact]
    public async Task A_job_is_taken_over_once_and_so_many_at_a_time()
    {
        await using var cluster = await JobScenario.StartAsync();
        var first = Registered("d-1");
        Assert.Equal(CommandOutcome.Created, (await SubmitAsync(cluster, "j", JobKind.Devices, first)).Outcome);
        Assert.Equal(CommandOutcome.Unchanged, (await SubmitAsync(cluster, "j", JobKind.Devices, first)).Outcome);
        Assert.Equal("job.exists", (await SubmitAsync(cluster, "j", JobKind.Devices, Registered("d-2"))).Errors[0].Code);
        Assert.Equal("job.empty", (await SubmitAsync(cluster, "none", JobKind.Devices)).Errors[0].Code);
        await EndAsync(cluster, "j");
        Assert.Equal(CommandOutcome.Unchanged, (await SubmitAsync(cluster, "j", JobKind.Devices, first)).Outcome);

        var many = Enumerable.Range(0, 2_000).Select(i => Registered($"many-{i}")).ToArray();
        for (var i = 0; i < JobLimits.MaxRunning; i++)
        {
            Assert.Equal(CommandOutcome.Created, (await SubmitAsync(cluster, $"m-{i}", JobKind.Devices, many)).Outcome);
        }
        var last = await SubmitAsync(cluster, "late", JobKind.Devices, first);
        var running = (await JobsOf(cluster).List(null, 10)).Items.Count(j => j.Status == JobStatus.Running);
        Assert.True(last.Succeeded ? running <= JobLimits.MaxRunning : last.Errors[0].Code == "job.too_many_running", $"{running} {last.Outcome}");
        foreach (var i in Enumerable.Range(0, JobLimits.MaxRunning))
        {
            Assert.Equal(2_000, (await EndAsync(cluster, $"m-{i}")).Done);
        }
        // Whoever came first registered it; for the others it is so already.
        var outcomes = new List<CommandOutcome>();
        for (var i = 0; i < JobLimits.MaxRunning; i++)
        {
            outcomes.AddRange((await ResultsAsync(cluster, $"m-{i}")).Select(r => r.Outcome.Outcome));
        }
        Assert.Equal(2_000, outcomes.Count(o => o == CommandOutcome.Created));
        Assert.All(outcomes, o => Assert.True(o is CommandOutcome.Created or CommandOutcome.Unchanged));
    }

    [Fact]
    public async Task A_cancelled_job_ends_after_a_whole_step_and_says_how_far_it_came()
    {
        await using var cluster = await JobScenario.StartAsync();
        await SubmitAsync(cluster, "j", JobKind.Devices, [.. Enumerable.Range(0, 20_000).Select(i => Registered($"d-{i}"))]);
        Assert.Equal(CommandOutcome.Updated, (await JobsOf(cluster).Cancel("j")).Outcome);
        var job = await EndAsync(cluster, "j");
        Assert.Equal(JobStatus.Cancelled, job.Status);
        Assert.True(job.Done < 20_000);
        Assert.Equal(0, job.Done % JobHeld.StepSize);
        Assert.Equal(job.Done, (await ResultsAsync(cluster, "j")).Count);
        Assert.Null(await cluster.Device("t", $"d-{job.Done}").Get());
        Assert.Equal(job.Done > 0, await cluster.Device("t", $"d-{Math.Max(0, job.Done - 1)}").Get() is not null);
        Assert.Equal(CommandOutcome.Unchanged, (await JobsOf(cluster).Cancel("j")).Outcome);
        Assert.Equal(CommandOutcome.NotFound, (await JobsOf(cluster).Cancel("none")).Outcome);
    }

    [Fact]
    public async Task A_job_goes_on_by_itself_after_restarts_with_and_without_a_snapshot()
    {
        await using var cluster = await JobScenario.StartAsync();
        await SubmitAsync(cluster, "j", JobKind.Devices, [.. Enumerable.Range(0, 20_000).Select(i => Registered($"d-{i}"))]);
        await cluster.RestartAsync(snapshotAtStop: long.MaxValue);
        Assert.True((await JobsOf(cluster).Get("j"))!.Done < 20_000, "the job was over before the restart");
        await cluster.RestartAsync(snapshotAtStop: 1);
        var job = await EndAsync(cluster, "j");
        Assert.Equal((20_000, 0), (job.Done, job.Failed));
        // A step that the restarts cut off is answered as it was done: nobody else registered these devices.
        Assert.All(await ResultsAsync(cluster, "j"), r => Assert.Equal(CommandOutcome.Created, r.Outcome.Outcome));
        await cluster.RestartAsync(snapshotAtStop: 1);
        Assert.Equal(20_000, (await ResultsAsync(cluster, "j")).Count);
    }

    [Fact]
    public async Task A_step_that_is_asked_for_again_answers_the_same_and_an_older_one_is_refused()
    {
        await using var cluster = await JobScenario.StartAsync();
        var device = Enumerable.Range(0, 100).Select(i => $"d-{i}")
            .First(d => PartitionMap.Of(EntityKind.Device, "t", d, BillingCluster.Partitions) == 1);
        var share = new JobShare("t", "j", JobKind.Devices, 40, 257, [Registered(device), Registered(device, "nowhere")]);
        await AnswersAsync("Created", "Rejected");
        await cluster.SubscribeAsync("t", "c", "nowhere", "p", Start, registered: true);
        await AnswersAsync("Created", "Rejected");
        await cluster.RestartAsync(snapshotAtStop: 1);
        await AnswersAsync("Created", "Rejected");
        await Assert.ThrowsAsync<PartitionUnavailableException>(() => Partition().DoJobShare(share with { First = 1 }));
        share = share with { First = 513 };
        await AnswersAsync("Unchanged", "Conflict");
        // An id that is used again, when the job was dropped.
        share = share with { Origin = 900, First = 1 };
        await AnswersAsync("Unchanged", "Conflict");
        await Assert.ThrowsAsync<PartitionUnavailableException>(
            () => Partition().DoJobShare(share with { Origin = 40, First = 769 }));

        IPartitionGrain Partition() => cluster.Grains.GetGrain<IPartitionGrain>(1);

        async Task AnswersAsync(params string[] expected) =>
            Assert.Equal(expected, (await Partition().DoJobShare(share)).Select(o => o.Outcome.ToString()));
    }

    [Fact]
    public async Task Jobs_that_are_over_are_dropped_after_thirty_days()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
        await using var cluster = await JobScenario.StartAsync(time);
        await SubmitAsync(cluster, "j", JobKind.Devices, Registered("d-1"));
        await EndAsync(cluster, "j");
        time.Advance(TimeSpan.FromDays(JobLimits.KeptDays - 1));
        await cluster.RestartAsync(snapshotAtStop: 1);
        Assert.Single((await JobsOf(cluster).List(null, 10)).Items);
        time.Advance(TimeSpan.FromDays(2));
        await UntilAsync(async () => await JobsOf(cluster).Get("j") is null);
        await cluster.RestartAsync(snapshotAtStop: 1);
        Assert.Empty((await JobsOf(cluster).List(null, 10)).Items);
        Assert.Null(await JobsOf(cluster).Results(new("j", 0, null, 10)));
        Assert.NotNull(await cluster.Device("t", "d-1").Get());

        await SubmitAsync(cluster, "j", JobKind.Devices, Registered("d-1", "s-2"), Registered("d-2"));
        await EndAsync(cluster, "j");
        Assert.Equal(
            ["1 d-1 Conflict device.exists/id", "2 d-2 Created"], (await ResultsAsync(cluster, "j")).Select(Line));
    }

    [Fact]
    public async Task Tenants_have_jobs_of_their_own_and_silos_carry_them_on_together()
    {
        await using var cluster = await JobScenario.StartAsync(silos: 2);
        await cluster.CreateTenantAsync("u", Start);
        await SubmitAsync(cluster, "j", JobKind.Devices, [.. Enumerable.Range(0, 600).Select(i => Registered($"d-{i}"))]);
        Assert.Null(await JobsOf(cluster, "u").Get("j"));
        Assert.Null(await JobsOf(cluster, "u").Results(new("j", 0, null, 10)));
        Assert.Equal(CommandOutcome.NotFound, (await JobsOf(cluster, "u").Cancel("j")).Outcome);
        Assert.Equal((600, 0), (await EndAsync(cluster, "j")) is var job ? (job.Done, job.Failed) : default);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 500 && !await holds(); i++)
        {
            await Task.Delay(20);
        }
        Assert.True(await holds());
    }
}
