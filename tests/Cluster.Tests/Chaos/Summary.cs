using System.Globalization;
using System.Text;
using OrleansBilling.Cluster.Tests.Chaos.Journals;
using OrleansBilling.Cluster.Tests.Chaos.Nemeses;
using OrleansBilling.Cluster.Tests.Chaos.Processes;
using OrleansBilling.Cluster.Tests.Chaos.Workload;

namespace OrleansBilling.Cluster.Tests.Chaos;

/// <summary>What a run did and measured, for people.</summary>
internal sealed class Summary(
    ChaosOptions options, Workloads workload, Nemesis? nemesis, ClusterUnderTest cluster, TimeSpan used,
    IEnumerable<JournalEntry> journal)
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
        Line($"processes that ended by themselves: {Join(cluster.Nodes.Where(node => node.Exits > 0)
            .Select(node => new KeyValuePair<string, int>(node.Name, node.Exits)))}");
        foreach (var line in new PauseTable(journal, workload.Pauses.All).Lines())
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
