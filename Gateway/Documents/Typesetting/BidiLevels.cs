using System.Text;

namespace OrleansBilling.Documents.Typesetting;

/// <summary>Embedding levels of a paragraph: even runs from left to right, odd from right to left. The algorithm of Unicode
/// Standard Annex 9 with isolates; the older embeddings and overrides (LRE, RLO and so on) are ignored, as text of
/// documents has no use for them.</summary>
internal sealed class BidiLevels
{
    private const string Openings = "([{（［｛「『【〈《〔";
    private const string Closings = ")]}）］｝」』】〉》〕";

    private readonly string _text;
    private readonly BidiClass[] _types;
    private readonly byte[] _levels;

    private BidiLevels(string text)
    {
        _text = text;
        _types = new BidiClass[text.Length];
        _levels = new byte[text.Length];
        for (var i = 0; i < text.Length;)
        {
            var status = Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length);
            _types.AsSpan(i, length).Fill(status == System.Buffers.OperationStatus.Done ? BidiClasses.Of(rune) : BidiClass.ON);
            i += length;
        }
    }

    /// <summary>One level for each UTF-16 unit.</summary>
    public static byte[] Of(string text, bool isRightToLeft)
    {
        var levels = new BidiLevels(text);
        levels.Resolve(0, text.Length, (byte)(isRightToLeft ? 1 : 0));
        return levels._levels;
    }

    /// <summary>Whether the first strong character runs from right to left (rules P2 and P3); null without one.</summary>
    public static bool? FirstStrong(string text)
    {
        var levels = new BidiLevels(text);
        return levels.FirstStrong(0, text.Length);
    }

    private bool? FirstStrong(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            switch (_types[i])
            {
                case BidiClass.L:
                    return false;
                case BidiClass.R or BidiClass.AL:
                    return true;
                case BidiClass.Isolate:
                    i = Close(i, end);
                    break;
            }
        }

        return null;
    }

    /// <summary>The place of the matching PDI, or the end.</summary>
    private int Close(int open, int end)
    {
        var depth = 0;
        for (var i = open; i < end; i++)
        {
            depth += _types[i] == BidiClass.Isolate ? 1 : _types[i] == BidiClass.PDI ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return end;
    }

    private void Resolve(int start, int end, byte level)
    {
        var places = new List<int>();
        for (var i = start; i < end; i++)
        {
            _levels[i] = level;
            places.Add(i);
            if (_types[i] == BidiClass.Isolate)
            {
                var close = Close(i, end);
                ResolveIsolate(i, close, level);
                i = close - 1;
            }
        }

        // BN takes no part (rule X9); it gets the level of what stands before it.
        places.RemoveAll(place => _types[place] == BidiClass.BN);
        ResolveSequence(places, level);
        for (var i = start; i < end; i++)
        {
            if (_types[i] == BidiClass.BN && i > start)
            {
                _levels[i] = _levels[i - 1];
            }
        }
    }

    private void ResolveIsolate(int open, int close, byte level)
    {
        var isRightToLeft = _text[open] switch
        {
            '\u2066' => false,
            '\u2067' => true,
            _ => FirstStrong(open + 1, close) ?? false,
        };
        var inner = isRightToLeft ? (level + 1) | 1 : (level + 2) & ~1;
        Resolve(open + 1, close, (byte)inner);
    }

    private void ResolveSequence(List<int> places, byte level)
    {
        var direction = level % 2 == 1 ? BidiClass.R : BidiClass.L;
        var types = places.ConvertAll(place => _types[place] is BidiClass.Isolate or BidiClass.PDI or BidiClass.WS
            ? BidiClass.ON
            : _types[place]);
        ResolveWeak(types, direction);
        ResolveBrackets(types, places, direction);
        ResolveNeutral(types, direction);
        for (var i = 0; i < places.Count; i++)
        {
            var isOpposite = level % 2 == 0 ? types[i] == BidiClass.R : types[i] != BidiClass.R;
            var isNumber = types[i] is BidiClass.AN or BidiClass.EN;
            _levels[places[i]] = (byte)(level + (isNumber && level % 2 == 0 ? 2 : isOpposite ? 1 : 0));
        }
    }

    /// <summary>Rules W1 to W7.</summary>
    private static void ResolveWeak(List<BidiClass> types, BidiClass start)
    {
        var strong = start;
        for (var i = 0; i < types.Count; i++)
        {
            var before = i > 0 ? types[i - 1] : start;
            if (types[i] == BidiClass.NSM)
            {
                types[i] = before;
            }

            if (types[i] is BidiClass.L or BidiClass.R or BidiClass.AL)
            {
                strong = types[i];
            }
            else if (types[i] == BidiClass.EN && strong == BidiClass.AL)
            {
                types[i] = BidiClass.AN;
            }
        }

        for (var i = 0; i < types.Count; i++)
        {
            if (types[i] == BidiClass.AL)
            {
                types[i] = BidiClass.R;
            }
            else if (i > 0 && i + 1 < types.Count && types[i - 1] == types[i + 1]
                && ((types[i] == BidiClass.ES && types[i - 1] == BidiClass.EN)
                    || (types[i] == BidiClass.CS && types[i - 1] is BidiClass.EN or BidiClass.AN)))
            {
                types[i] = types[i - 1];
            }
        }

        ResolveTerminators(types);
        strong = start;
        for (var i = 0; i < types.Count; i++)
        {
            if (types[i] is BidiClass.ES or BidiClass.ET or BidiClass.CS)
            {
                types[i] = BidiClass.ON;
            }
            else if (types[i] is BidiClass.L or BidiClass.R)
            {
                strong = types[i];
            }
            else if (types[i] == BidiClass.EN && strong == BidiClass.L)
            {
                types[i] = BidiClass.L;
            }
        }
    }

    /// <summary>Rule W5: signs of currency and per cent beside a number belong to it.</summary>
    private static void ResolveTerminators(List<BidiClass> types)
    {
        for (var i = 0; i < types.Count; i++)
        {
            if (types[i] != BidiClass.ET)
            {
                continue;
            }

            var end = i;
            while (end < types.Count && types[end] == BidiClass.ET)
            {
                end++;
            }

            if ((i > 0 && types[i - 1] == BidiClass.EN) || (end < types.Count && types[end] == BidiClass.EN))
            {
                for (var j = i; j < end; j++)
                {
                    types[j] = BidiClass.EN;
                }
            }

            i = end - 1;
        }
    }

    /// <summary>Rule N0.</summary>
    private void ResolveBrackets(List<BidiClass> types, List<int> places, BidiClass direction)
    {
        var open = new Stack<int>();
        var pairs = new List<(int Open, int Close)>();
        for (var i = 0; i < places.Count; i++)
        {
            var c = _text[places[i]];
            if (types[i] != BidiClass.ON)
            {
                continue;
            }

            if (Openings.Contains(c, StringComparison.Ordinal))
            {
                open.Push(i);
            }
            else if (Closings.IndexOf(c, StringComparison.Ordinal) is >= 0 and var kind
                && open.Any(place => _text[places[place]] == Openings[kind]))
            {
                while (_text[places[open.Peek()]] != Openings[kind])
                {
                    open.Pop();
                }

                pairs.Add((open.Pop(), i));
            }
        }

        pairs.Sort();
        foreach (var (first, last) in pairs)
        {
            ResolvePair(types, first, last, direction);
        }
    }

    private static void ResolvePair(List<BidiClass> types, int first, int last, BidiClass direction)
    {
        var inside = types.Skip(first + 1).Take(last - first - 1).Select(Strong).Where(type => type is not null).ToList();
        if (inside.Count == 0)
        {
            return;
        }

        var opposite = direction == BidiClass.L ? BidiClass.R : BidiClass.L;
        var before = types.Take(first).Select(Strong).LastOrDefault(type => type is not null) ?? direction;
        types[first] = types[last] = !inside.Contains(direction) && before == opposite ? opposite : direction;
    }

    /// <summary>Rules N1 and N2.</summary>
    private static void ResolveNeutral(List<BidiClass> types, BidiClass direction)
    {
        for (var i = 0; i < types.Count; i++)
        {
            if (Strong(types[i]) is not null)
            {
                continue;
            }

            var end = i;
            while (end < types.Count && Strong(types[end]) is null)
            {
                end++;
            }

            var before = i > 0 ? Strong(types[i - 1])!.Value : direction;
            var after = end < types.Count ? Strong(types[end])!.Value : direction;
            for (var j = i; j < end; j++)
            {
                types[j] = before == after ? before : direction;
            }

            i = end - 1;
        }
    }

    /// <summary>Numbers count as R where neutrals are resolved.</summary>
    private static BidiClass? Strong(BidiClass type) => type switch
    {
        BidiClass.L => BidiClass.L,
        BidiClass.R or BidiClass.EN or BidiClass.AN => BidiClass.R,
        _ => null,
    };
}
