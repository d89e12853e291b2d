using System.Globalization;
using System.Text;
using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Nemeses;
using OrleansBilling.Cluster.Tests.Chaos.Workload;

namespace OrleansBilling.Cluster.Tests.Chaos;

/// <summary>What a run did and measured, for people.</summary>
internal sealed class Summary(
    ChaosOptions options, Workloads workload, Nemesis? nemesis, TimeSpan used, IEnumerable<JournalEntry> journal)
{
    private readonly StringBuilder _text = new();

    public override string ToString()
    {
        _text.Clear();
        Line($"chaos {options}");
        var counts = workload.Counts;
        var settled = "aldqDx".Sum(letter => counts.Answers(letter));
        Line($"events: {counts.EventsSent} sent, {settled} acknowledged in {used.TotalSeconds:N0} s ({settled / Math.Max(1, used.TotalSeconds):N0}/s)");
        Line($"  accepted {counts.Answers('a')}, late {counts.Answers('l')}, duplicate after an unclear answer {counts.Answers('d')}, "
            + $"quarantined {counts.Answers('q') + counts.Answers('D')}, refused as ahead of the clock {counts.Answers('r')}");
        Line($"  sent again after an acknowledgement {counts.EventsRepeated}, with other content {counts.EventsForged}");
        Line($"requests: {workload.Answers.Attempts}, retries {counts.Retries}, unclear answers: {Join(workload.Answers.Unclear)}");
        foreach (var (administrator, tenant) in workload.Administrators.Zip(["test clock", "wall clock"]))
        {
            Line($"administrator ({tenant}): {Join(administrator.Done.OrderBy(done => done.Key))}");
        }

        Line($"faults: {nemesis?.Counts.Values.Sum() ?? 0}: {Join((nemesis?.Counts ?? []).OrderBy(count => count.Key))}");
        var entries = journal.Where(entry => entry is ProcessExited or FaultBegan or FaultEnded).ToList();
        var exits = entries.OfType<ProcessExited>().CountBy(exit => $"{exit.Process.Split('-')[0]} with {exit.Code}");
        Line($"processes that ended by themselves: {Join(exits)}");
        foreach (var line in new PauseTable(entries, workload.Pauses.All).Lines())
        {
            Line(line);
        }

        return _text.ToString().TrimEnd();
    }

    private void Line(FormattableString line) => Line(line.ToString(CultureInfo.InvariantCulture));

    private void Line(string line) => _text.Append(line).Append('\n');

    private static string Join<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> counts)
    {
        var text = string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"));
        return text.Length == 0 ? "none" : text;
    }
}
