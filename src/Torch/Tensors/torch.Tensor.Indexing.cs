namespace MedicalGpt.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>A view (or, with tensors of indices, a copy) of the elements that the entries select; assignment writes into them.</summary>
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>The elements that the entries select. A single vector of indices goes through index_select, whose backward is deterministic.</summary>
        public Tensor index(params TensorIndex[] indices)
        {
            using var scope = NewDisposeScope();
            var (view, advanced) = Basic(indices);
            return (advanced is null ? view.alias() : Advanced(view, advanced)).MoveToOuterDisposeScope();
        }

        /// <summary>Writes values (broadcast) into the elements that the entries select, in place.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            using var scope = NewDisposeScope();
            var (view, advanced) = Basic(indices);
            if (advanced is null) view.copy_(value);
            else Aten.index_put_(view, advanced, value.dtype == dtype ? value : value.to(dtype), false);
            return this;
        }

        /// <summary>Writes a value into the elements that the entries select, in place.</summary>
        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var scope = NewDisposeScope();
            var (view, advanced) = Basic(indices);
            if (advanced is null) view.fill_(value);
            else Aten.index_put_(view, advanced, full([], value, dtype, device), false);
            return this;
        }

        /// <summary>Applies singles, slices and new dimensions; returns tensors of indices per remaining dimension, if any.</summary>
        private (Tensor View, Tensor?[]? Advanced) Basic(TensorIndex[] indices)
        {
            var taken = 0L;
            foreach (var entry in indices) taken += entry.Kind is TensorIndexKind.Single or TensorIndexKind.Slice ? 1 : entry.Kind == TensorIndexKind.Tensor ? (entry.Indices!.dtype == ScalarType.Bool ? entry.Indices.ndim : 1) : 0;
            if (taken > ndim) throw new TorchException($"index: {taken} entries for {this}.");

            var view = this;
            var dim = 0L;
            var advanced = new List<Tensor?>();
            var any = false;
            foreach (var entry in indices)
            {
                switch (entry.Kind)
                {
                    case TensorIndexKind.Single:
                        view = view.select(dim, entry.Start ?? 0);
                        break;
                    case TensorIndexKind.Slice:
                        view = Aten.slice(view, dim++, entry.Start, entry.Stop, entry.Step);
                        break;
                    case TensorIndexKind.NewDimension:
                        view = view.unsqueeze(dim++);
                        break;
                    case TensorIndexKind.Ellipsis:
                        dim += ndim - taken;
                        break;
                    default:
                        while (advanced.Count < dim) advanced.Add(null);
                        advanced.Add(entry.Indices);
                        dim += entry.Indices!.dtype == ScalarType.Bool ? entry.Indices.ndim : 1;
                        any = true;
                        break;
                }
            }

            return (view, any ? [.. advanced] : null);
        }

        private static Tensor Advanced(Tensor view, Tensor?[] advanced)
        {
            var only = Array.FindIndex(advanced, t => t is not null);
            var single = advanced[only]!;
            var integers = single.dtype is ScalarType.Int64 or ScalarType.Int32;
            if (only != advanced.Length - 1 || !integers || single.ndim > 1) return Aten.index(view, advanced);
            // index wraps negative indices, index_select does not: wrap them here.
            var size = view.size(only);
            var wrapped = torch.where(single.lt(0), single.add(size), single);
            return single.ndim == 1 ? view.index_select(only, wrapped) : view.index_select(only, wrapped.reshape(1)).squeeze(only);
        }
    }
}
