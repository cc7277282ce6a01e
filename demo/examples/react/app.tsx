import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { ProductsShownEvent } from 'shop-clerk';

interface Seen {
  id: number;
  title: string;
  image: string;
}

function App() {
  const [here, setHere] = useState(true);
  const [dark, setDark] = useState(false);
  const [seen, setSeen] = useState<Seen[]>([]);

  function remember({ products }: ProductsShownEvent) {
    setSeen(products.map(({ id, title, images }) => ({ id, title, image: images[0]?.url ?? '' })));
  }

  return (
    <div className="side-by-side">
      <div>
        <h2>What the assistant shows you</h2>
        <div className="buttons">
          <button className="chip" aria-pressed={dark} onClick={() => setDark(!dark)}>
            Dark
          </button>
          <button className="chip" onClick={() => setHere(!here)}>
            {here ? 'Take it away' : 'Bring it back'}
          </button>
        </div>
        <p>
          <bdi>Ask for something: what it finds stands here, too.</bdi>
        </p>
        <div className="goods">
          {seen.map(({ id, title, image }) => (
            <article key={id}>
              <img src={image} alt="" width={400} height={400} />
              <h3>{title}</h3>
            </article>
          ))}
        </div>
      </div>
      {here && (
        <shop-clerk
          shop="demo"
          proxy="/"
          layout="inline"
          color-scheme={dark ? 'dark' : 'auto'}
          onshopclerk-products-shown={remember}
        />
      )}
    </div>
  );
}

createRoot(document.querySelector('#app')!).render(<App />);
