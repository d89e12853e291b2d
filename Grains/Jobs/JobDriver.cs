using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OrleansBilling.Grains.Partitions;

namespace OrleansBilling.Grains.Jobs;

/// <summary>
/// Carries on the jobs of a partition, whoever began them: a step of each in turn, so that no tenant waits for
/// another one's. Few steps at a time are under way in a silo; usage goes on between them.
/// </summary>
internal sealed partial class JobDriver(PartitionHost host, IGrainFactory grains, ILogger logger) : IDisposable
{
    /// <summary>Before what failed is tried again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The longest rest after a step.</summary>
    private static readonly TimeSpan MostRest = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private Task _driving = Task.CompletedTask;

    /// <summary>Begins when there are jobs to carry on and nobody does; returns at once.</summary>
    public void Ensure(Partition home)
    {
        if (_driving.IsCompleted && !_stop.IsCancellationRequested && home.Do(t => t.State.RunningJobs.Any()))
        {
            _driving = Drive(home, _stop.Token);
        }
    }

    public void Dispose()
    {
        if (!_stop.IsCancellationRequested)
        {
            _stop.Cancel();
        }
        _stop.Dispose();
    }

    private async Task Drive(Partition home, CancellationToken ct)
    {
        var courses = new Dictionary<(string, string), JobCourse>();
        try
        {
            while (home.Do(t => t.State.RunningJobs.ToArray()) is { Length: > 0 } running)
            {
                courses = running.ToDictionary(
                    job => job, job => courses.GetValueOrDefault(job) ?? new(host, home, grains, job.Tenant, job.Id));
                var failed = false;
                foreach (var (job, course) in courses)
                {
                    var began = Stopwatch.GetTimestamp();
                    failed |= !await TryStep(course, job, ct);
                    // Half of the time is usage's alone.
                    var took = Stopwatch.GetElapsedTime(began);
                    await Task.Delay(took < MostRest ? took : MostRest, ct);
                }
                if (failed)
                {
                    await Task.Delay(Pause, ct);
                }
            }
        }
        catch (Exception e) when (e is Contracts.Partitions.PartitionUnavailableException or OperationCanceledException)
        {
            // The partition is lost to this silo, or the silo stops: the next owner goes on.
        }
    }

    private async Task<bool> TryStep(JobCourse course, (string Tenant, string Id) job, CancellationToken ct)
    {
        await host.JobSteps.WaitAsync(ct);
        try
        {
            await course.Step(ct);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // One that cannot go on must not hold up the others.
            StepFailed(logger, job.Id, job.Tenant, e);
            return false;
        }
        finally
        {
            host.JobSteps.Release();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Job '{Job}' of tenant '{Tenant}' could not go on and will try again")]
    private static partial void StepFailed(ILogger logger, string job, string tenant, Exception problem);
}
