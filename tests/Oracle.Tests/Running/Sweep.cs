using System.Diagnostics;
using OrleansBilling.Oracle.Generation;

namespace OrleansBilling.Oracle.Running;

/// <summary>Many cases on several threads: case i has the seed <paramref name="seed"/> + i, whichever thread makes it.</summary>
internal sealed class Sweep(long plans, long seed, int workers)
{
    private const long ReportEvery = 20_000;
    private const int MaxFailures = 10;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private long _next = -1;
    private long _done;
    private long _inexact;
    private long _refusals;
    private long _lines;
    private int _failed;

    /// <returns>0 when no case disagreed, else 1.</returns>
    internal int Run(TextWriter output)
    {
        Thread[] threads = [.. Enumerable.Range(0, workers).Select(_ => new Thread(() => Work(output)))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        output.WriteLine(
            $"{_done:N0} plans from seed {seed}: {_failed} disagreements over {_lines:N0} lines and {_refusals:N0} refusals; "
            + $"{_inexact:N0} plans refused for lack of digits and not judged; {_clock.Elapsed:hh\\:mm\\:ss}, {_done / _clock.Elapsed.TotalSeconds:N0} plans/s");
        return _failed == 0 ? 0 : 1;
    }

    private void Work(TextWriter output)
    {
        while (Interlocked.Increment(ref _next) is var i && i < plans && Volatile.Read(ref _failed) < MaxFailures)
        {
            var number = (ulong)(seed + i);
            var given = CaseMaker.Make(number);
            var outcome = Comparison.Find(given, number);
            var refusals = 0L;
            if (outcome.Difference is null && RefusalComparison.Find(given, new(number), ref refusals) is { } refusal)
            {
                outcome = new(Outcome.Invalid + refusal);
            }

            lock (_gate)
            {
                _done++;
                _lines += outcome.Judged;
                _inexact += outcome.Inexact > 0 ? 1 : 0;
                _refusals += refusals;
                _failed += outcome.Difference is null ? 0 : 1;
                Report(output, number, given, outcome);
            }
        }
    }

    private void Report(TextWriter output, ulong number, Case given, Outcome outcome)
    {
        if (outcome.Difference?.StartsWith(Outcome.Invalid, StringComparison.Ordinal) == true)
        {
            output.WriteLine($"seed {number}: {outcome.Difference}");
        }
        else if (outcome.Difference is not null)
        {
            var small = Shrinker.Shrink(given, number);
            output.WriteLine($"seed {number}: {outcome.Difference}\nsmaller: {Comparison.Find(small, number).Difference}\n{small}");
        }

        if (_done % ReportEvery == 0)
        {
            output.WriteLine($"{_clock.Elapsed:hh\\:mm\\:ss}  {_done:N0} of {plans:N0} plans, {_failed} disagreements");
        }
    }
}
