"""Losses with one known fault each, small enough to see it."""

from explorer.lazy import ops
from explorer.losses.regression import STEPS
from explorer.parameters import Number
from explorer.spec import Axis, LossSpec, Placed, Plane, Source

STILL = [[0.25, 0.5], [0.75, -0.5], [-0.5, -0.25]]


def loss(function, *planes, smooth=False, **settings):
    """Return the function as a loss over two forecast steps, or over other planes."""
    return LossSpec(
        key=function.__name__.replace("_", "-"),
        family="Toys",
        form=function.__name__,
        title=function.__name__,
        story="",
        formula="",
        function=function,
        reference=function,
        planes=planes or (STEPS,),
        smooth=smooth,
        source=Source(author="", year=2000, title=""),
        **settings,
    )


def sign_error(y_true, y_pred):
    return ops.mean(ops.sign(y_pred - y_true), axis=-1)


def rounded_mse(y_true, y_pred):
    return ops.mean(ops.round(4 * ops.square(y_true - y_pred)), axis=-1) / 4


def mse_without_gradient(y_true, y_pred):
    return ops.mean(ops.stop_gradient(ops.square(y_true - y_pred)), axis=-1)


def batch_rmse(y_true, y_pred):
    return ops.sqrt(ops.mean(ops.square(y_true - y_pred)))


def against_the_mean(y_true, y_pred):
    return ops.mean(ops.square(y_pred - ops.mean(y_pred)), axis=-1)


def steep(y_true, y_pred, *, width):
    return ops.mean(ops.tanh((y_pred - 0.3) / width), axis=-1)


def hinge(y_true, y_pred):
    return ops.mean(ops.relu(y_pred - 0.5), axis=-1)


def huber(y_true, y_pred):
    far = ops.abs(y_true - y_pred)
    return ops.mean(ops.where(far < 0.3, ops.square(far) / 2, 0.3 * far - 0.045), axis=-1)


def first_step_only(y_true, y_pred):
    return ops.square(y_true[:, 0] - y_pred[:, 0]) + 0 * ops.stop_gradient(y_pred[:, 1])


def downhill(y_true, y_pred):
    return -ops.sqrt(1 + ops.sum(ops.square(y_pred), axis=-1))


def slowly_downhill(y_true, y_pred):
    return -ops.log(1 + ops.sum(ops.square(y_pred), axis=-1))


def levels_off(y_true, y_pred):
    return 1 / (1 + ops.sum(ops.square(y_pred), axis=-1))


def saddle(y_true, y_pred):
    return y_pred[:, 0] * y_pred[:, 1]


def pole(y_true, y_pred):
    return 1 / (y_pred[:, 0] - 0.5) + 0 * y_pred[:, 1]


def nowhere(y_true, y_pred):
    return ops.sum(y_pred, axis=-1) * float("nan")


def _signed_distances(ids, points, epsilon):
    apart = points[..., :, None, :] - points[..., None, :, :]
    squared = ops.sum(ops.square(apart), axis=-1) + epsilon
    own = ops.eye(points.shape[-2], dtype=points.dtype)
    same = ops.cast(ops.equal(ids[..., :, None], ids[..., None, :]), points.dtype)
    return (2 * same - 1) * ops.sqrt(squared + own) * (1 - own)


def pairwise(y_true, y_pred, *, epsilon):
    return ops.sum(_signed_distances(y_true, y_pred, epsilon), axis=-1) / 2


def board(x, y):
    """Move one point among three that stay."""
    moving = ops.stack([x, y], axis=-1)[:, None]
    still = ops.broadcast_to(ops.convert_to_tensor(STILL, dtype=x.dtype), (x.shape[0], 3, 2))
    ids = ops.convert_to_tensor([0, 0, 1, 1], dtype=x.dtype)
    return Placed(ops.broadcast_to(ids, (x.shape[0], 4)), ops.concatenate([moving, still], axis=1))


BOARD = Plane(
    key="board",
    title="",
    x=Axis(label="x", low=-1.0, high=1.0),
    y=Axis(label="y", low=-1.0, high=1.0),
    place=board,
    target=lambda: (0.25, 0.5),
)
WIDTH = Number(name="width", label="width", default=0.1, low=1e-9, high=1.0)
EPSILON = Number(name="epsilon", label="ε", default=1e-7, low=0.0, high=1.0)

SIGN_ERROR, ROUNDED_MSE, MSE_WITHOUT_GRADIENT = map(loss, (sign_error, rounded_mse, mse_without_gradient))
BATCH_RMSE, AGAINST_THE_MEAN = loss(batch_rmse), loss(against_the_mean)
STEEP = loss(steep, parameters=(WIDTH,))
HINGE, HUBER, FIRST_STEP_ONLY = loss(hinge), loss(huber), loss(first_step_only)
DOWNHILL, SLOWLY_DOWNHILL, LEVELS_OFF = loss(downhill), loss(slowly_downhill), loss(levels_off)
SADDLE, POLE, NOWHERE = loss(saddle), loss(pole), loss(nowhere)
PAIRWISE = loss(pairwise, BOARD, parameters=(EPSILON,), shapes="points")
